// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tunable_input.h"

#include "widgets/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace bitwright {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("TunableInput", text);
}

std::optional<std::int64_t> integerOf(const TunableChoice& choice)
{
    const auto* value = std::get_if<std::int64_t>(&choice);
    return value ? std::optional(*value) : std::nullopt;
}

bool isLegal(const TunableInfo& info, const TunableChoice& choice)
{
    return info.legal.empty() || std::find(info.legal.begin(), info.legal.end(), choice) != info.legal.end();
}

/// The legal integers on both sides of @p wanted: "4 and 8".
QString nearestLegal(const TunableInfo& info, std::int64_t wanted)
{
    QStringList near;
    std::optional<std::int64_t> below;
    std::optional<std::int64_t> above;
    for (const TunableChoice& choice : info.legal) {
        const auto value = integerOf(choice);
        if (!value)
            continue;
        if (*value < wanted)
            below = *value;
        else if (!above)
            above = *value;
    }
    for (const auto& value : {below, above})
        if (value)
            near.append(QString::number(*value));
    return near.join(translated(" and "));
}

std::optional<std::int64_t> readInteger(const QString& text, const TunableChoice& current)
{
    bool isNumber = false;
    const QChar sign = text.at(0);
    const bool isRelative = sign == QLatin1Char('+') || sign == QLatin1Char('-') || sign == QLatin1Char('*')
                            || sign == QLatin1Char('/');
    const qlonglong amount = (isRelative ? text.mid(1) : text).trimmed().toLongLong(&isNumber);
    if (!isNumber)
        return std::nullopt;
    const std::int64_t start = integerOf(current).value_or(1);
    if (sign == QLatin1Char('+'))
        return start + amount;
    if (sign == QLatin1Char('-'))
        return start - amount;
    if (sign == QLatin1Char('*'))
        return start * amount;
    if (sign == QLatin1Char('/'))
        return amount == 0 ? start : start / amount;
    return amount;
}

} // namespace

TunableInput parseTunableInput(const TunableInfo& info, const QString& text, const TunableChoice& current)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return {};
    for (const TunableChoice& choice : info.legal)
        if (trimmed.compare(tunableText(choice), Qt::CaseInsensitive) == 0)
            return {choice, {}};
    if (trimmed.compare(QLatin1String("auto"), Qt::CaseInsensitive) == 0)
        return {TunableChoice(Auto{}), {}};
    const auto number = readInteger(trimmed, current);
    const TunableChoice wanted = number ? TunableChoice(*number) : TunableChoice(toUtf8(trimmed));
    if (number && *number > 0 && isLegal(info, wanted))
        return {wanted, {}};
    if (number && !info.legal.empty())
        return {{}, translated("%1 is not a legal %2 here; the nearest are %3.")
                        .arg(QString::number(*number), tunableTitle(info.name).toLower(), nearestLegal(info, *number))};
    QStringList legal;
    for (const TunableChoice& choice : info.legal)
        legal.append(tunableText(choice));
    if (legal.isEmpty())
        return {{}, translated("'%1' is not a positive number.").arg(trimmed)};
    return {{}, translated("'%1' is not one of %2.").arg(trimmed, legal.join(QStringLiteral(", ")))};
}

std::optional<TunableChoice> neighbour(const TunableInfo& info, const TunableChoice& current, int direction)
{
    const auto value = integerOf(current);
    if (!value)
        return std::nullopt;
    if (info.legal.empty()) {
        const std::int64_t next = direction > 0 ? *value * 2 : *value / 2;
        return next >= 1 && next != *value ? std::optional<TunableChoice>(next) : std::nullopt;
    }
    std::optional<TunableChoice> best;
    for (const TunableChoice& choice : info.legal) {
        const auto legal = integerOf(choice);
        if (!legal)
            continue;
        if (direction > 0 && *legal > *value)
            return choice;
        if (direction < 0 && *legal < *value)
            best = choice;
    }
    return best;
}

QString tunableTitle(const std::string& name)
{
    QString title = toQString(name);
    title.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

QString tunableText(const TunableChoice& choice)
{
    if (const auto* flag = std::get_if<bool>(&choice))
        return *flag ? translated("yes") : translated("no");
    return toQString(describe(choice));
}

} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format_input.h"

#include "widgets/text.h"

#include <QRegularExpression>

namespace bitwright {

namespace {

std::optional<RelativeFormat> parseRelative(const QString& text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(i?)\\s*([+\\-*\\x{2212}])\\s*(\\d{1,3})$"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    RelativeFormat relative;
    if (!match.captured(1).isEmpty())
        relative.field = RelativeFormat::Field::IntegerBits;
    const int amount = match.captured(3).toInt();
    const QString sign = match.captured(2);
    if (sign == QLatin1String("*"))
        relative.multiply = amount;
    else
        relative.add = sign == QLatin1String("+") ? amount : -amount;
    return relative;
}

/// The short spellings that people use for what the grammar writes at length.
QString spelledOut(const QString& text)
{
    static const QRegularExpression pair(QStringLiteral("^(u?)\\s*(\\d{1,4})\\s*[,.]\\s*(-?\\d{1,4})$"),
                                         QRegularExpression::CaseInsensitiveOption);
    if (const auto match = pair.match(text); match.hasMatch())
        return QStringLiteral("%1fixed<%2,%3>")
            .arg(match.captured(1).toLower(), match.captured(2), match.captured(3));
    static const QRegularExpression integer(QStringLiteral("^(u?int)\\s*(\\d{1,4})$"),
                                            QRegularExpression::CaseInsensitiveOption);
    if (const auto match = integer.match(text); match.hasMatch())
        return QStringLiteral("%1<%2>").arg(match.captured(1).toLower(), match.captured(2));
    if (text.compare(QLatin1String("binary"), Qt::CaseInsensitive) == 0)
        return QStringLiteral("bipolar");
    if (text.compare(QLatin1String("ternary"), Qt::CaseInsensitive) == 0)
        return QStringLiteral("int<2>");
    return text;
}

} // namespace

Result<FormatInput> parseFormatInput(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return FormatInput(UnsetFormat{});
    if (trimmed.compare(QLatin1String("auto"), Qt::CaseInsensitive) == 0)
        return FormatInput(FormatChoice(Auto{}));
    if (const auto relative = parseRelative(trimmed))
        return FormatInput(*relative);
    Result<NumberFormat> format = parseNumberFormat(toUtf8(spelledOut(trimmed)));
    if (!format)
        return format.error();
    return FormatInput(FormatChoice(*std::move(format)));
}

Result<std::optional<FormatChoice>> resolveInput(const FormatInput& input,
                                                 const std::optional<NumberFormat>& effective)
{
    if (std::holds_alternative<UnsetFormat>(input))
        return std::optional<FormatChoice>();
    if (const auto* choice = std::get_if<FormatChoice>(&input))
        return std::optional<FormatChoice>(*choice);
    const auto& relative = std::get<RelativeFormat>(input);
    const auto* current = effective ? std::get_if<FixedFormat>(&*effective) : nullptr;
    if (current == nullptr)
        return effective ? std::optional<FormatChoice>(*effective) : std::optional<FormatChoice>();
    FixedFormat changed = *current;
    const auto turned = [&relative](int bits) { return bits * relative.multiply + relative.add; };
    if (relative.field == RelativeFormat::Field::Width || changed.family == FixedFamily::Integer) {
        changed.width_bits = turned(changed.width_bits);
        if (changed.family == FixedFamily::Integer)
            changed.integer_bits = changed.width_bits;
    } else {
        changed.integer_bits = turned(changed.integer_bits);
        changed.width_bits += changed.integer_bits - current->integer_bits;
    }
    // The parser knows the legal ranges; asking it keeps them in one place.
    Result<NumberFormat> checked = parseNumberFormat(longName(NumberFormat(changed)));
    if (!checked)
        return checked.error();
    return std::optional<FormatChoice>(FormatChoice(*std::move(checked)));
}

} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text.h"

#include <cmath>

#include <QCoreApplication>
#include <QLocale>

namespace bitwright {

namespace {

constexpr QChar kThinSpace(0x202F);

QString fixedDigits(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

} // namespace

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toUtf8(const QString& text)
{
    return text.toStdString();
}

QString countText(double value)
{
    const double magnitude = std::abs(value);
    if (magnitude >= 1e9)
        return fixedDigits(value / 1e9, 2) + kThinSpace + QLatin1Char('G');
    if (magnitude >= 1e6)
        return fixedDigits(value / 1e6, 2) + kThinSpace + QLatin1Char('M');
    return fixedDigits(value, 0);
}

QString changeText(double difference, int decimals)
{
    const double step = std::pow(10.0, -decimals);
    if (std::abs(difference) < step / 2)
        return {};
    const QChar arrow = difference > 0 ? QChar(0x25B2) : QChar(0x25BC);
    const QString sign = difference > 0 ? QStringLiteral("+") : QString(QChar(0x2212));
    const double magnitude = std::abs(difference);
    const QString number = decimals == 0 ? countText(magnitude) : fixedDigits(magnitude, decimals);
    return QString(arrow) + kThinSpace + sign + number;
}

QString percentText(double share)
{
    const double percent = share * 100;
    const double magnitude = std::abs(percent);
    int decimals = 1;
    if (magnitude > 0 && magnitude < 0.1)
        decimals = magnitude < 0.001 ? 4 : magnitude < 0.01 ? 3 : 2;
    return fixedDigits(percent, decimals) + kThinSpace + QLatin1Char('%');
}

QString durationText(double nanoseconds)
{
    if (nanoseconds >= 1e6)
        return fixedDigits(nanoseconds / 1e6, 2) + kThinSpace + QStringLiteral("ms");
    if (nanoseconds >= 1e3)
        return fixedDigits(nanoseconds / 1e3, 2) + kThinSpace + QStringLiteral("µs");
    return fixedDigits(nanoseconds, nanoseconds == std::floor(nanoseconds) ? 0 : 1) + kThinSpace
           + QStringLiteral("ns");
}

QString decibelText(double decibel)
{
    if (std::isinf(decibel))
        return decibel > 0 ? QCoreApplication::translate("text", "exact") : QStringLiteral("−∞ dB");
    return fixedDigits(decibel, 1) + kThinSpace + QStringLiteral("dB");
}

QString countedText(qsizetype count, const QString& one, const QString& many)
{
    return (count == 1 ? one : many).arg(QLocale().toString(count));
}

QString powerOfTwoText(int exponent)
{
    constexpr char16_t kDigits[] = u"⁰¹²³⁴⁵⁶⁷⁸⁹";
    QString text = exponent < 0 ? QStringLiteral("2⁻") : QStringLiteral("2");
    for (const QChar digit : QString::number(std::abs(exponent)))
        text += QChar(kDigits[digit.digitValue()]);
    return text;
}

QString realText(double value, int digits)
{
    return QLocale().toString(value, 'g', digits);
}

} // namespace bitwright

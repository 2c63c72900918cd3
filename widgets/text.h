// SPDX-License-Identifier: GPL-3.0-or-later
/// Text at the border between core (UTF-8) and Qt, and numbers as people read them (gui.md 3.17).
#pragma once

#include <string>
#include <string_view>

#include <QString>

namespace bitwright {

QString toQString(std::string_view utf8);
std::string toUtf8(const QString& text);

/// A count with the locale's grouping: "12,345"; from one million on with SI prefix: "1.23 M".
QString countText(double value);
/// Like countText, with a sign and an arrow, so that colour is never the only cue: "▲ +120". Empty for 0.
QString changeText(double difference, int decimals = 0);
/// A share as percent with as many digits as tell something: "75.3 %", "0.02 %".
QString percentText(double share);
/// Nanoseconds with a fitting unit: "85 ns", "1.24 µs".
QString durationText(double nanoseconds);
QString decibelText(double decibel);
/// "1 layer" or "12 layers": @p one or @p many with %1 replaced.
QString countedText(qsizetype count, const QString& one, const QString& many);
/// A power of two as on an axis: "2⁻¹⁶".
QString powerOfTwoText(int exponent);
/// A real number with @p digits significant digits.
QString realText(double value, int digits = 6);

} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QStyle>
#include <QStyleFactory>

namespace bitwright {
namespace {

/// Qt 6.4 does not tell the desktop's scheme, so it is read from the lightness of the desktop's own palette.
ColourScheme resolve(ThemeChoice choice)
{
    if (choice == ThemeChoice::Light) return ColourScheme::Light;
    if (choice == ThemeChoice::Dark) return ColourScheme::Dark;
    const QStyle* style = QApplication::style();
    const QPalette desktop = style != nullptr ? style->standardPalette() : QPalette();
    return desktop.color(QPalette::Window).lightness() < 128 ? ColourScheme::Dark : ColourScheme::Light;
}

} // namespace

Theme::Theme(ThemeChoice choice, QObject* parent)
    : QObject(parent), m_desktopPoints(QFontInfo(QApplication::font()).pointSizeF()), m_choice(choice), m_scheme(resolve(choice))
{
}

void Theme::setChoice(ThemeChoice choice)
{
    if (choice == m_choice) return;
    m_choice = choice;
    m_scheme = resolve(choice);
    applyToApplication();
    Q_EMIT changed();
}

QColor Theme::colour(ColourRole role) const
{
    const Rgb c = bitwright::colour(role, m_scheme);
    return {c.red, c.green, c.blue};
}

QPalette Theme::palette() const
{
    QPalette p(colour(ColourRole::Button), colour(ColourRole::Window));
    p.setColor(QPalette::WindowText, colour(ColourRole::Text));
    p.setColor(QPalette::Base, colour(ColourRole::Field));
    p.setColor(QPalette::AlternateBase, colour(ColourRole::Panel));
    p.setColor(QPalette::Text, colour(ColourRole::Text));
    p.setColor(QPalette::PlaceholderText, colour(ColourRole::TextMuted));
    p.setColor(QPalette::Button, colour(ColourRole::Button));
    p.setColor(QPalette::ButtonText, colour(ColourRole::Text));
    p.setColor(QPalette::BrightText, colour(ColourRole::Bad));
    p.setColor(QPalette::Highlight, colour(ColourRole::Accent));
    p.setColor(QPalette::HighlightedText, colour(ColourRole::AccentText));
    p.setColor(QPalette::Link, colour(ColourRole::Link));
    p.setColor(QPalette::LinkVisited, colour(ColourRole::Link));
    p.setColor(QPalette::ToolTipBase, colour(ColourRole::Panel));
    p.setColor(QPalette::ToolTipText, colour(ColourRole::Text));
    p.setColor(QPalette::Mid, colour(ColourRole::Border));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, colour(ColourRole::TextDisabled));
    p.setColor(QPalette::Disabled, QPalette::Highlight, colour(ColourRole::Border));
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, colour(ColourRole::Text));
    return p;
}

QString Theme::styleSheet() const
{
    return QStringLiteral("QToolTip { color: %1; background: %2; border: 1px solid %3; padding: 4px; }"
                          "QLineEdit { color: %1; background: %5; border: 1px solid %3; border-radius: 3px; padding: 2px 4px; }"
                          "QLineEdit:focus { border: 1px solid %6; }"
                          "QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QTableView QLineEdit { border: none; padding: 0px; }"
                          "QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid %7; border-radius: 3px; background: %5; }"
                          "QCheckBox::indicator:checked { background: %6; border-color: %6; image: url(:/icons/%8.svg); }"
                          "QLabel[role=\"error\"] { color: %4; }"
                          "QLineEdit[invalid=\"true\"] { border: 1px solid %4; border-radius: 2px; padding: 2px; }")
        .arg(colour(ColourRole::Text).name(), colour(ColourRole::Panel).name(),
             colour(ColourRole::Border).name(), colour(ColourRole::Bad).name(),
             colour(ColourRole::Field).name(), colour(ColourRole::Focus).name(), colour(ColourRole::TextMuted).name(),
             isDark() ? QStringLiteral("check-dark") : QStringLiteral("check-light"));
}

void Theme::applyToApplication() const
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(palette());
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        application->setStyleSheet(styleSheet());
}

void Theme::setFontPercent(int percent)
{
    QFont font = QApplication::font();
    font.setPointSizeF(m_desktopPoints * percent / 100);
    if (font != QApplication::font())
        QApplication::setFont(font);
}

int Theme::labelWidth(const QFontMetrics& metrics)
{
    return metrics.averageCharWidth() * 15 + 26; // "Accumulator" with the arrow of its tool button
}

QFont Theme::numberFont(const QFont& base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(base.pointSizeF() > 0 ? base.pointSizeF() : QFontInfo(base).pointSizeF());
    return font;
}

} // namespace bitwright

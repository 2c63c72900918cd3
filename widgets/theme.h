// SPDX-License-Identifier: GPL-3.0-or-later
/// Light and dark look of the window: colour roles as QColor, the palette and the fonts.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include "layout/palette.h"

namespace bitwright {

enum class ThemeChoice { System, Light, Dark };

/// The program's one look; a QObject so that widgets can repaint when it changes. Owned by whoever starts the
/// application; widgets are handed a pointer.
class Theme final : public QObject {
    Q_OBJECT
public:
    explicit Theme(ThemeChoice choice = ThemeChoice::Light, QObject* parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    ColourScheme scheme() const { return m_scheme; }
    bool isDark() const { return m_scheme == ColourScheme::Dark; }
    void setChoice(ThemeChoice choice);

    QColor colour(ColourRole role) const;
    /// For QApplication::setPalette, together with the Fusion style.
    QPalette palette() const;
    /// Colours that Fusion does not take from the palette (tool tips, dock titles, tables), for QApplication::setStyleSheet.
    QString styleSheet() const;
    /// Puts style, palette and style sheet on the application.
    void applyToApplication() const;

    /// Family of numbers and formats, with digits of equal width.
    static QFont numberFont(const QFont& base);
    /// Width of the labels in the columns of the Inspector and the Design panel.
    static int labelWidth(const QFontMetrics& metrics);
    /// Size of text against the desktop's.
    void setFontPercent(int percent);

Q_SIGNALS:
    void changed();

private:
    double m_desktopPoints; ///< size of the desktop's font
    ThemeChoice m_choice;
    ColourScheme m_scheme;
};

} // namespace bitwright

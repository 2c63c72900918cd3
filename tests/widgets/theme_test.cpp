// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QSignalSpy>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

Rgb rgb(const QColor& colour)
{
    return {static_cast<std::uint8_t>(colour.red()), static_cast<std::uint8_t>(colour.green()),
            static_cast<std::uint8_t>(colour.blue())};
}

TEST(Theme, PaletteTextIsReadableInBothSchemes)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        const QPalette palette = Theme(choice).palette();
        const auto contrast = [&palette](QPalette::ColorRole text, QPalette::ColorRole base) {
            return contrastRatio(rgb(palette.color(text)), rgb(palette.color(base)));
        };
        EXPECT_GE(contrast(QPalette::WindowText, QPalette::Window), 4.5);
        EXPECT_GE(contrast(QPalette::Text, QPalette::Base), 4.5);
        EXPECT_GE(contrast(QPalette::Text, QPalette::AlternateBase), 4.5);
        EXPECT_GE(contrast(QPalette::ButtonText, QPalette::Button), 4.5);
        EXPECT_GE(contrast(QPalette::HighlightedText, QPalette::Highlight), 4.5);
        EXPECT_GE(contrast(QPalette::PlaceholderText, QPalette::Base), 4.5);
        EXPECT_GE(contrast(QPalette::ToolTipText, QPalette::ToolTipBase), 4.5);
        EXPECT_GE(contrast(QPalette::Link, QPalette::Base), 4.5);
    }
}

TEST(Theme, ChangeIsToldOnce)
{
    Theme theme(ThemeChoice::Light);
    QSignalSpy spy(&theme, &Theme::changed);
    theme.setChoice(ThemeChoice::Light);
    EXPECT_EQ(spy.count(), 0);
    theme.setChoice(ThemeChoice::Dark);
    EXPECT_EQ(spy.count(), 1);
    EXPECT_TRUE(theme.isDark());
    theme.setChoice(ThemeChoice::Light);
}

} // namespace
} // namespace bitwright

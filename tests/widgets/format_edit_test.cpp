// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bit_boxes.h"
#include "widgets/format_edit.h"

#include <QApplication>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

class FormatEditing : public testing::Test {
protected:
    FormatEditing()
    {
        edit.setValue(std::nullopt, NumberFormat(FixedFormat{16, 6}));
        QObject::connect(&edit, &FormatEdit::committed, &edit, [this](const FormatInput& input, const QString& key) {
            inputs.push_back(input);
            keys.append(key);
        });
        edit.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&edit));
    }
    std::string last() const { return describe(std::get<FormatChoice>(inputs.back())); }

    FormatEdit edit;
    std::vector<FormatInput> inputs;
    QStringList keys;
};

TEST_F(FormatEditing, TypedFormatIsCommittedOnce)
{
    QTest::keyClicks(edit.textField(), QStringLiteral("fixed<8,3,RND,SAT>"));
    QTest::keyClick(edit.textField(), Qt::Key_Return);
    ASSERT_EQ(inputs.size(), 1U);
    EXPECT_EQ(last(), "fixed<8,3,RND,SAT>");
}

TEST_F(FormatEditing, WrongTextSaysWhyAndCommitsNothing)
{
    QTest::keyClicks(edit.textField(), QStringLiteral("fixed<8"));
    EXPECT_FALSE(edit.errorText().isEmpty());
    QTest::keyClick(edit.textField(), Qt::Key_Return);
    EXPECT_TRUE(inputs.empty());
    QTest::keyClick(edit.textField(), Qt::Key_Escape);
    EXPECT_TRUE(edit.errorText().isEmpty());
    EXPECT_EQ(edit.textField()->text(), QString());
}

TEST_F(FormatEditing, SpinningTheWidthIsOneEdit)
{
    auto* width = edit.findChild<QSpinBox*>(QStringLiteral("widthBits"));
    ASSERT_NE(width, nullptr);
    width->setFocus();
    QTest::keyClick(width, Qt::Key_Up);
    ASSERT_EQ(inputs.size(), 1U);
    EXPECT_EQ(last(), "fixed<17,6>");
}

TEST_F(FormatEditing, ShowingAValueCommitsNothing)
{
    edit.setValue(FormatChoice(NumberFormat(FixedFormat{5, 2, false})), std::nullopt);
    edit.setMixed(QStringLiteral("fixed<16,6> × 3, int<4> × 1"));
    EXPECT_TRUE(inputs.empty());
    EXPECT_EQ(edit.textField()->placeholderText(), QStringLiteral("—"));
}

TEST_F(FormatEditing, WheelOverAnUnfocusedFieldDoesNothing)
{
    auto* width = edit.findChild<QSpinBox*>(QStringLiteral("widthBits"));
    edit.textField()->setFocus();
    QWheelEvent wheel(QPointF(5, 5), width->mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(width, &wheel);
    EXPECT_EQ(width->value(), 16);
    EXPECT_TRUE(inputs.empty());
}

TEST_F(FormatEditing, DraggingThePointKeepsWidthAndMergeKey)
{
    auto* boxes = edit.findChild<BitBoxes*>();
    ASSERT_NE(boxes, nullptr);
    const int box = std::min(17, (boxes->width() - 2) / 16);
    const QPoint start(1 + box * 6, 8);
    QTest::mousePress(boxes, Qt::LeftButton, {}, start);
    for (int step = 1; step <= 3; ++step)
        QTest::mouseMove(boxes, start + QPoint(box * step, 0));
    QTest::mouseRelease(boxes, Qt::LeftButton, {}, start + QPoint(box * 3, 0));
    ASSERT_EQ(inputs.size(), 3U);
    EXPECT_EQ(last(), "fixed<16,9>");
    EXPECT_FALSE(keys.front().isEmpty());
    EXPECT_EQ(keys.front(), keys.back());
}

} // namespace
} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/action_registry.h"
#include "widgets/budget_strip.h"
#include "widgets/document.h"
#include "widgets/format_edit.h"
#include "widgets/histogram_chart.h"
#include "widgets/inspector.h"
#include "widgets/layer_table.h"
#include "widgets/layer_table_model.h"
#include "widgets/meter.h"
#include "widgets/query_bar.h"
#include "widgets/range_chart.h"
#include "widgets/selection_hub.h"
#include "widgets/slot_editor.h"
#include "widgets/text.h"
#include "widgets/tunable_editor.h"
#include "window_fixture.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

namespace bitwright {
namespace {

class Editing : public test::WindowTest {
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        openWine();
        layer = denseLayer();
        window->select(layer);
    }
    int steps() const { return window->document()->undoStack()->count(); }
    std::string decided(const char* slot) const
    {
        const auto choice = window->document()->view().decidedFormat(toUtf8(layer), slot);
        return choice ? describe(*choice) : "unset";
    }
    QString layer;
};

TEST_F(Editing, TypingAFormatInTheInspectorIsOneStep)
{
    window->inspector()->editFormat(slots::kResult);
    QLineEdit* field = window->inspector()->slotEditor(slots::kResult)->edit()->textField();
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("fixed<8,3,RND,SAT>"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(steps(), 1);
    EXPECT_EQ(decided(slots::kResult), "fixed<8,3,RND,SAT>");
    EXPECT_TRUE(window->budget()->meter(QStringLiteral("lut"))->reading().is_stale);
    waitUntilAtRest();
    EXPECT_FALSE(window->budget()->meter(QStringLiteral("lut"))->reading().is_stale);
    EXPECT_FALSE(window->budget()->meter(QStringLiteral("accuracy"))->reading().is_stale);
}

TEST_F(Editing, TypingIntoTheTableEditsEverySelectedLayer)
{
    LayerTable* table = window->layerTable();
    window->actions()->action("edit.select_all")->trigger();
    const int row = table->model()->rowOf(layer);
    const int column = layerColumnIndex(QString::fromLatin1(slots::kResult));
    ASSERT_TRUE(table->model()->setData(table->model()->index(row, column), QStringLiteral("12,5")));
    EXPECT_EQ(steps(), 1);
    for (const Layer& each : *window->document()->view().layers)
        for (const SlotInfo& slot : each.slots)
            if (slot.name == slots::kResult) {
                EXPECT_EQ(describe(window->document()->view().decidedFormat(each.id, slot.name).value()), "fixed<12,5>")
                    << each.id;
            }
}

TEST_F(Editing, DraggingALimitOfTheHistogramIsOneStep)
{
    HistogramChart* chart = window->histogram();
    chart->resize(600, 200);
    ASSERT_TRUE(chart->row() && chart->row()->format && chart->row()->is_editable);
    const FixedFormat before = *chart->row()->format;
    const ValueAxis axis = chart->axis();
    const QPoint start(static_cast<int>(axis.toPixel(spanOf(before).highest)), 100);
    QTest::mousePress(chart, Qt::LeftButton, {}, start);
    for (int bit = 1; bit <= 2; ++bit)
        QTest::mouseMove(chart, start + QPoint(static_cast<int>(axis.powerWidth() * bit), 0));
    QTest::mouseRelease(chart, Qt::LeftButton, {}, start);
    EXPECT_EQ(steps(), 1);
    ASSERT_TRUE(chart->row()->format);
    EXPECT_EQ(chart->row()->format->integer_bits, before.integer_bits + 2);
    EXPECT_EQ(chart->row()->format->fractionBits(), before.fractionBits());
    window->actions()->action("edit.undo")->trigger();
    EXPECT_EQ(*chart->row()->format, before);
}

TEST_F(Editing, DraggingInTheRangesIsOneStep)
{
    RangeChart* chart = window->ranges();
    chart->resize(700, 300);
    int index = -1;
    for (std::size_t i = 0; i < chart->rows().size(); ++i)
        if (chart->rows()[i].layer == layer && chart->rows()[i].is_editable)
            index = static_cast<int>(i);
    ASSERT_GE(index, 0);
    const FixedFormat before = *chart->rows()[static_cast<std::size_t>(index)].format;
    const ValueAxis axis = chart->axis();
    const QPoint start(static_cast<int>(axis.toPixel(spanOf(before).lowest)), static_cast<int>(chart->rowRect(index).center().y()));
    QTest::mousePress(chart->viewport(), Qt::LeftButton, {}, start);
    QTest::mouseMove(chart->viewport(), start - QPoint(static_cast<int>(axis.powerWidth()), 0));
    QTest::mouseMove(chart->viewport(), start - QPoint(static_cast<int>(axis.powerWidth() * 2), 0));
    QTest::mouseRelease(chart->viewport(), Qt::LeftButton, {}, start);
    EXPECT_EQ(steps(), 1);
    EXPECT_EQ(chart->rows()[static_cast<std::size_t>(index)].format->fractionBits(), before.fractionBits() + 2);
}

TEST_F(Editing, ReuseFactorOffersLegalValuesOnly)
{
    (void)window->document()->edit(SetTunable{toUtf8(layer), tunables::kStrategy, TunableChoice(std::string("resource"))},
                                   QStringLiteral("edit"));
    waitUntilAtRest();
    TunableEditor* editor = window->inspector()->tunableEditor(tunables::kReuseFactor);
    ASSERT_NE(editor, nullptr);
    ASSERT_GT(editor->box()->count(), 1);
    window->actions()->action("layer.reuse_more")->trigger();
    EXPECT_EQ(steps(), 2);
    const auto chosen = window->document()->view().configuration->layer(toUtf8(layer)).tunables.at(tunables::kReuseFactor);
    EXPECT_GE(editor->box()->findText(toQString(describe(chosen))), 0);
    editor->box()->lineEdit()->setFocus();
    editor->box()->lineEdit()->selectAll();
    QTest::keyClicks(editor->box()->lineEdit(), QStringLiteral("999983"));
    QTest::keyClick(editor->box()->lineEdit(), Qt::Key_Return);
    EXPECT_EQ(steps(), 2);
    EXPECT_FALSE(editor->errorText().isEmpty());
}

TEST_F(Editing, KeyboardCommandsTurnBits)
{
    const auto width = [this] {
        return widthBits(std::get<NumberFormat>(window->document()->view().decidedFormat(toUtf8(layer), slots::kResult).value()));
    };
    window->actions()->action("layer.width_more")->trigger();
    const int start = width();
    window->actions()->action("layer.integer_more")->trigger();
    EXPECT_EQ(width(), start + 1);
    window->actions()->action("layer.width_less")->trigger();
    EXPECT_EQ(width(), start);
    EXPECT_EQ(steps(), 3);
}

TEST_F(Editing, SearchFiltersTheTableAndEnterWalksTheHits)
{
    window->actions()->action("edit.find")->trigger();
    QTest::keyClicks(window->queryBar()->field(), QStringLiteral("op:Dense"));
    const int shown = window->layerTable()->view()->model()->rowCount();
    EXPECT_GT(shown, 0);
    EXPECT_LT(shown, window->layerTable()->model()->rowCount());
    window->selection()->clear();
    QTest::keyClick(window->queryBar()->field(), Qt::Key_Return);
    const QString first = window->selection()->current();
    QTest::keyClick(window->queryBar()->field(), Qt::Key_Return);
    EXPECT_NE(window->selection()->current(), first);
    QTest::keyClick(window->queryBar()->field(), Qt::Key_Escape);
    EXPECT_EQ(window->layerTable()->view()->model()->rowCount(), window->layerTable()->model()->rowCount());
}

TEST_F(Editing, TableAndCanvasShareOneSelection)
{
    window->layerTable()->view()->selectRow(0);
    EXPECT_EQ(window->selection()->selected().size(), 1);
    window->selection()->selectOnly(layer);
    EXPECT_TRUE(window->layerTable()->view()->selectionModel()->isRowSelected(window->layerTable()->model()->rowOf(layer)));
    EXPECT_EQ(window->layerTable()->view()->selectionModel()->selectedRows().size(), 1);
}

TEST_F(Editing, CopiedTableHoldsRawNumbers)
{
    const QString text = window->layerTable()->asTsv(false);
    const QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    EXPECT_EQ(lines.size(), window->layerTable()->model()->rowCount() + 1);
    for (const QString& line : lines)
        EXPECT_EQ(line.count(QLatin1Char('\t')), lines.front().count(QLatin1Char('\t')));
}

} // namespace
} // namespace bitwright

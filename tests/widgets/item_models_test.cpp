// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_design.h"
#include "support/diagnostic_codes.h"
#include "widgets/action_registry.h"
#include "widgets/job_list.h"
#include "widgets/layer_filter.h"
#include "widgets/layer_table_model.h"
#include "widgets/layer_totals.h"
#include "widgets/problems_model.h"
#include "widgets/text.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QSignalSpy>
#include <QWidget>

#include <gtest/gtest.h>

#include <set>

namespace bitwright {
namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

class LayersModel : public testing::Test {
protected:
    LayersModel() { model.reset(view); }
    QModelIndex cell(int row, const char* key) const { return model.index(row, layerColumnIndex(QString::fromLatin1(key))); }
    std::string text(int row, const char* key) const { return toUtf8(cell(row, key).data().toString()); }

    DesignView view = test::smallDesign();
    LayerTableModel model;
};

TEST_F(LayersModel, PassesTheModelTester)
{
    LayerFilter filter;
    LayerTotals totals(&model);
    const QAbstractItemModelTester modelTester(&model, kFatal);
    filter.setSourceModel(&model);
    const QAbstractItemModelTester filterTester(&filter, kFatal);
    const QAbstractItemModelTester totalsTester(&totals, kFatal);
    filter.setAccepted({true, false, true});
    EXPECT_EQ(filter.rowCount(), 2);
    filter.sort(layerColumnIndex(QStringLiteral("lut")), Qt::DescendingOrder);
    EXPECT_EQ(filter.index(0, 0).data().toString(), QStringLiteral("fc1"));
    model.refresh(view, ChangeSet::everything());
    model.reset({});
    EXPECT_EQ(filter.rowCount(), 0);
}

TEST_F(LayersModel, ShowsDecidedAndInferredFormats)
{
    EXPECT_EQ(text(0, slots::kWeight), "fixed<8,2>");
    EXPECT_FALSE(cell(0, slots::kWeight).data(LayerTableModel::DecidedRole).toBool());
    EXPECT_EQ(text(2, slots::kWeight), "fixed<6,2>");
    EXPECT_TRUE(cell(2, slots::kWeight).data(LayerTableModel::DecidedRole).toBool());
    EXPECT_EQ(text(1, slots::kWeight), "") << "an activation has no weights";
    EXPECT_EQ(text(0, tunables::kReuseFactor), "2");
}

TEST_F(LayersModel, UnknownNumbersAreNoNumbers)
{
    EXPECT_EQ(text(0, "sqnr"), "–");
    EXPECT_EQ(text(0, "lut"), toUtf8(countText(3000)));
}

TEST_F(LayersModel, StaleCellsSaySo)
{
    EXPECT_FALSE(cell(0, "lut").data(LayerTableModel::StaleRole).toBool());
    view.is_cost_stale = true;
    model.refresh(view, ChangeSet::everything());
    EXPECT_TRUE(cell(0, "lut").data(LayerTableModel::StaleRole).toBool());
    EXPECT_FALSE(cell(0, slots::kWeight).data(LayerTableModel::StaleRole).toBool());
    EXPECT_TRUE(cell(0, "lut").data(Qt::ToolTipRole).toString().contains(QLatin1String("before the last edit")));
}

TEST_F(LayersModel, EditsAreAskedForNotMade)
{
    QSignalSpy typed(&model, &LayerTableModel::formatTyped);
    EXPECT_TRUE(model.setData(cell(0, slots::kResult), QStringLiteral("8,3")));
    ASSERT_EQ(typed.count(), 1);
    EXPECT_EQ(typed.front().at(2).toString(), QStringLiteral("8,3"));
    EXPECT_EQ(text(0, slots::kResult), "fixed<16,6>");
    EXPECT_FALSE(model.flags(cell(2, slots::kWeight)) & Qt::ItemIsEditable) << "fc2 is locked";
    EXPECT_FALSE(model.flags(cell(1, slots::kWeight)) & Qt::ItemIsEditable) << "no such slot";
}

TEST_F(LayersModel, RefreshOfOneLayerTouchesOneRow)
{
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.refresh(view, {{"relu"}, false});
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed.front().at(0).toModelIndex().row(), 1);
    EXPECT_EQ(changed.front().at(1).toModelIndex().row(), 1);
}

TEST(JobsModel, PassesTheModelTester)
{
    JobList jobs;
    const QAbstractItemModelTester tester(&jobs, kFatal);
    int cancelled = 0;
    const int first = jobs.begin(QStringLiteral("Emulate"), [&] { ++cancelled; });
    jobs.report(first, QStringLiteral("samples"), 0.5);
    EXPECT_EQ(jobs.activity(), QStringLiteral("Emulate: samples"));
    jobs.cancelAll();
    EXPECT_EQ(cancelled, 1);
    EXPECT_EQ(jobs.runningCount(), 0);
    for (int i = 0; i < 150; ++i)
        jobs.end(jobs.begin(QStringLiteral("x")), JobState::Done);
    EXPECT_EQ(jobs.rowCount(), 100) << "finished jobs are forgotten after a hundred";
}

TEST(ProblemsList, PassesTheModelTester)
{
    ProblemsModel model;
    const QAbstractItemModelTester tester(&model, kFatal);
    model.setFindings({{DiagnosticCode::LayerLocked, {"fc1"}, LayerLocation{"fc1", ""}}});
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.index(0, ProblemsModel::TextColumn).data().toString(), QStringLiteral("The layer 'fc1' is locked."));
    EXPECT_EQ(model.index(0, 0).data(ProblemsModel::LayerRole).toString(), QStringLiteral("fc1"));
    EXPECT_EQ(model.count(Severity::Error), 1);
    model.setFindings({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(ActionTable, IdsAndShortcutsAreUniqueAndEveryActionExplainsItself)
{
    QWidget window;
    const ActionRegistry registry(&window);
    std::set<std::string> ids;
    std::set<std::string> keys;
    for (const QAction* action : registry.actions()) {
        EXPECT_TRUE(ids.insert(toUtf8(action->objectName())).second) << toUtf8(action->objectName());
        EXPECT_TRUE(action->statusTip().endsWith(QLatin1Char('.'))) << toUtf8(action->objectName());
        EXPECT_FALSE(action->text().isEmpty());
        for (const QKeySequence& sequence : action->shortcuts())
            EXPECT_TRUE(keys.insert(toUtf8(sequence.toString())).second) << toUtf8(sequence.toString());
        const QString icon = action->property("iconName").toString();
        EXPECT_TRUE(icon.isEmpty() || !action->icon().isNull()) << toUtf8(icon);
    }
}

TEST(ActionTable, ActionsNeedWhatTheySay)
{
    QWidget window;
    ActionRegistry registry(&window);
    registry.setPresent(ActionNeed::Nothing);
    EXPECT_TRUE(registry.action("file.open")->isEnabled());
    EXPECT_FALSE(registry.action("file.save")->isEnabled());
    registry.setPresent(ActionNeed::Design);
    EXPECT_TRUE(registry.action("file.save")->isEnabled());
    EXPECT_FALSE(registry.action("layer.reset")->isEnabled());
    registry.setPresent(ActionNeed::Design | ActionNeed::Selection);
    EXPECT_TRUE(registry.action("layer.reset")->isEnabled());
}

} // namespace
} // namespace bitwright

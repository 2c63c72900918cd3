// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document.h"
#include "widgets/job_list.h"
#include "widgets/layer_editor.h"
#include "widgets/text.h"
#include "window_fixture.h"

#include <QSignalSpy>
#include <QTest>

namespace bitwright {
namespace {

class DocumentTest : public testing::Test {
protected:
    DocumentTest() : document(&jobs), editor(&document) {}

    void SetUp() override
    {
        OpenRequest request;
        request.model = toUtf8(test::samplePath("models/wine_mlp.onnx"));
        request.data = datasetPaths({test::samplePath("data/wine_x.npy")}, test::samplePath("data/wine_y.npy"), nullptr);
        Result<OpenedDesign> opened = openDesign(request, {}, [](const char*, double) {});
        ASSERT_TRUE(opened) << opened.error().rendered();
        document.adopt(*std::move(opened));
        settle();
        for (const Layer& layer : *document.view().layers)
            ids.append(toQString(layer.id));
    }
    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return document.isSettled(); }, 60'000));
    }
    void setResult(const QString& layer, int width, const QString& key = {})
    {
        editor.setFormat({layer}, slots::kResult, FormatInput(FormatChoice(NumberFormat(FixedFormat{width, 6}))), key);
    }

    JobList jobs;
    Document document;
    LayerEditor editor;
    QStringList ids;
};

TEST_F(DocumentTest, OpensWithEstimateAccuracyAndStatistics)
{
    const DesignView& view = document.view();
    ASSERT_TRUE(view.estimate) << (view.cost_problem ? view.cost_problem->rendered() : "");
    ASSERT_TRUE(view.evaluation) << (view.quality_problem ? view.quality_problem->rendered() : "");
    EXPECT_TRUE(view.evaluation->quality.accuracy);
    EXPECT_TRUE(view.statistics);
    EXPECT_FALSE(view.is_cost_stale || view.is_quality_stale || view.is_statistics_stale);
}

TEST_F(DocumentTest, EditMakesOldResultsStaleUntilNewOnesArrive)
{
    QSignalSpy configuration(&document, &Document::configurationChanged);
    setResult(ids.front(), 9);
    EXPECT_EQ(configuration.count(), 1);
    EXPECT_TRUE(document.view().is_cost_stale);
    EXPECT_TRUE(document.view().is_quality_stale);
    EXPECT_FALSE(document.isSettled());
    settle();
    EXPECT_FALSE(document.view().is_cost_stale || document.view().is_quality_stale);
    EXPECT_EQ(document.view().evaluation->revision, document.revision());
}

TEST_F(DocumentTest, NewestEditWins)
{
    for (int width = 20; width >= 4; --width)
        setResult(ids.front(), width);
    settle();
    EXPECT_EQ(document.view().evaluation->revision, document.revision());
    EXPECT_EQ(describe(*document.view().decidedFormat(toUtf8(ids.front()), slots::kResult)), "fixed<4,6>");
}

TEST_F(DocumentTest, OneDragIsOneStepAndADragBackIsNone)
{
    for (int width = 15; width >= 8; --width)
        setResult(ids.front(), width, QStringLiteral("drag 1"));
    EXPECT_EQ(document.undoStack()->count(), 1);
    for (const int width : {9, 10, 9, 8})
        setResult(ids.front(), width, QStringLiteral("drag 2"));
    EXPECT_EQ(document.undoStack()->count(), 1);
    for (const int width : {9, 10})
        setResult(ids.front(), width, QStringLiteral("drag 3"));
    EXPECT_EQ(document.undoStack()->count(), 2);
}

TEST_F(DocumentTest, UndoingAllRestoresConfigurationAndResults)
{
    const Configuration start = *document.view().configuration;
    const double lut = document.view().estimate->total.lut.value;
    const auto accuracy = document.view().evaluation->quality.accuracy;
    setResult(ids.front(), 8);
    editor.setLocked(ids, true);
    editor.setLocked(ids, false);
    editor.setNote(ids.front(), QStringLiteral("seen"));
    while (document.undoStack()->canUndo())
        document.undoStack()->undo();
    settle();
    EXPECT_EQ(*document.view().configuration, start);
    EXPECT_TRUE(document.undoStack()->isClean());
    EXPECT_DOUBLE_EQ(document.view().estimate->total.lut.value, lut);
    EXPECT_EQ(document.view().evaluation->quality.accuracy, accuracy);
    EXPECT_TRUE(document.view().evaluation->is_cached);
}

TEST_F(DocumentTest, EditOfSeveralLayersIsOneStepAndSparesLockedOnes)
{
    editor.setLocked({ids.front()}, true);
    editor.setFormat(ids, slots::kResult, FormatInput(FormatChoice(NumberFormat(FixedFormat{10, 4}))));
    EXPECT_EQ(document.undoStack()->count(), 2);
    EXPECT_FALSE(document.view().decidedFormat(toUtf8(ids.front()), slots::kResult) == FormatChoice(NumberFormat(FixedFormat{10, 4})));
    EXPECT_EQ(document.view().decidedFormat(toUtf8(ids.back()), slots::kResult), FormatChoice(NumberFormat(FixedFormat{10, 4})));
}

TEST_F(DocumentTest, RefusedEditSaysWhyAndChangesNothing)
{
    editor.setLocked({ids.front()}, true);
    const auto before = document.view().configuration;
    QSignalSpy refused(&document, &Document::editRefused);
    setResult(ids.front(), 8);
    ASSERT_EQ(refused.count(), 1);
    EXPECT_EQ(document.view().configuration, before);
    EXPECT_EQ(refused.front().at(1).toString(), ids.front());
}

TEST_F(DocumentTest, SwapGoesBackAndForth)
{
    const Configuration start = *document.view().configuration;
    setResult(ids.front(), 8);
    settle();
    const Configuration edited = *document.view().configuration;
    document.swapBaseline();
    EXPECT_EQ(*document.view().configuration, start);
    settle();
    document.swapBaseline();
    EXPECT_EQ(*document.view().configuration, edited);
}

TEST_F(DocumentTest, StopLeavesOldResultsMarkedStale)
{
    setResult(ids.front(), 8);
    document.stop();
    QTest::qWait(20);
    EXPECT_TRUE(document.view().is_quality_stale);
    EXPECT_EQ(jobs.runningCount(), 0);
    document.rerun();
    settle();
    EXPECT_FALSE(document.view().is_quality_stale);
}

} // namespace
} // namespace bitwright

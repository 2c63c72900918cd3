// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_view.h"

#include <cmath>

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>
#include <QWheelEvent>

#include <gtest/gtest.h>

#include "widgets/graph_camera.h"
#include "widgets/graph_minimap.h"
#include "widgets/graph_pictures.h"
#include "widgets/selection_hub.h"
#include "widgets/theme.h"

namespace bitwright {
namespace {

class GraphViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        view.resize(1000, 700);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    }
    void open(std::shared_ptr<const GraphSummary> summary)
    {
        view.setSummary(std::move(summary));
        ASSERT_TRUE(QTest::qWaitFor([this] { return view.isUpToDate(); }, 5000));
    }
    QPoint middle(const char* id) const
    {
        const QRectF box = view.viewportRect(QString::fromUtf8(id));
        return QPoint(static_cast<int>(box.center().x()), static_cast<int>(box.top() + 8 * view.zoom()));
    }
    void click(const char* id, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, middle(id));
    }
    QPoint emptyPlace() const { return {view.viewport()->width() - 6, 6}; }
    void wheel(QPoint position, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWheelEvent event(position, view.viewport()->mapToGlobal(QPointF(position)), QPoint(), QPoint(0, delta),
                          Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &event);
    }

    Theme theme{ThemeChoice::Light};
    SelectionHub hub;
    GraphView view{&hub, &theme};
};

QStringList ids(std::initializer_list<const char*> list)
{
    QStringList result;
    for (const char* id : list)
        result.append(QString::fromUtf8(id));
    return result;
}

TEST_F(GraphViewTest, OpensFittedIntoView)
{
    open(test::perceptronSummary());
    const QRectF seen(view.viewport()->rect());
    for (const char* id : {"x", "MatMul_0", "probabilities"})
        EXPECT_TRUE(seen.contains(view.viewportRect(QString::fromUtf8(id)))) << id;
}

TEST_F(GraphViewTest, ClickSelectsAndClickBesideClears)
{
    open(test::perceptronSummary());
    click("MatMul_1");
    EXPECT_EQ(hub.selected(), ids({"MatMul_1"}));
    EXPECT_EQ(hub.current(), QStringLiteral("MatMul_1"));
    click("Relu_0");
    EXPECT_EQ(hub.selected(), ids({"Relu_0"}));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, emptyPlace());
    EXPECT_TRUE(hub.isEmpty());
}

TEST_F(GraphViewTest, ControlClickToggles)
{
    open(test::perceptronSummary());
    click("MatMul_0");
    click("MatMul_1", Qt::ControlModifier);
    EXPECT_EQ(hub.selected(), ids({"MatMul_0", "MatMul_1"}));
    EXPECT_EQ(hub.current(), QStringLiteral("MatMul_1"));
    click("MatMul_0", Qt::ControlModifier);
    EXPECT_EQ(hub.selected(), ids({"MatMul_1"}));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, emptyPlace());
    EXPECT_EQ(hub.selected(), ids({"MatMul_1"}));
}

TEST_F(GraphViewTest, ChipsSelectTheirOwnLayers)
{
    open(test::variedSummary());
    view.setZoom(1);
    view.reveal(QStringLiteral("Quant_4"));
    const QRectF weight = view.viewportRect(QStringLiteral("Quant_4"));
    EXPECT_TRUE(view.viewportRect(QStringLiteral("MatMul_0")).contains(weight));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, weight.center().toPoint());
    EXPECT_EQ(hub.selected(), ids({"Quant_4"}));
    view.reveal(QStringLiteral("Quant_1"));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier,
                      view.viewportRect(QStringLiteral("Quant_1")).center().toPoint());
    EXPECT_EQ(hub.selected(), ids({"Quant_1"}));
    EXPECT_EQ(view.viewportRect(QStringLiteral("MatMul_0_param0")), view.viewportRect(QStringLiteral("MatMul_0")));
}

TEST_F(GraphViewTest, RubberBandSelectsWhatItTouches)
{
    open(test::perceptronSummary());
    const QRectF first = view.viewportRect(QStringLiteral("MatMul_0"));
    const QRectF second = view.viewportRect(QStringLiteral("Relu_0"));
    const QPoint from(static_cast<int>(first.left()) - 30, static_cast<int>(first.top()) + 3);
    const QPoint to(static_cast<int>(second.left()) + 5, static_cast<int>(second.bottom()) - 3);
    QTest::mousePress(view.viewport(), Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(view.viewport(), (from + to) / 2);
    QTest::mouseMove(view.viewport(), to);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::NoModifier, to);
    EXPECT_EQ(hub.selected(), ids({"MatMul_0", "Relu_0"}));
}

TEST_F(GraphViewTest, EscapeDropsTheRubberBandAndThenTheSelection)
{
    open(test::perceptronSummary());
    click("MatMul_0");
    QTest::mousePress(view.viewport(), Qt::LeftButton, Qt::NoModifier, emptyPlace());
    QTest::mouseMove(view.viewport(), QPoint(300, 300));
    QTest::keyClick(&view, Qt::Key_Escape);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(300, 300));
    EXPECT_EQ(hub.selected(), ids({"MatMul_0"}));
    QTest::keyClick(&view, Qt::Key_Escape);
    EXPECT_TRUE(hub.isEmpty());
}

TEST_F(GraphViewTest, WheelZoomsAndKeepsThePointUnderTheCursor)
{
    open(test::perceptronSummary());
    const QPoint cursor(377, 291);
    for (const int delta : {120, 120, 240, -120, -360, 60, 15}) {
        const QPointF before = view.mapToDrawing(cursor);
        const double zoom = view.zoom();
        wheel(cursor, delta);
        EXPECT_NEAR(view.zoom() / zoom, std::pow(1.2, delta / 120.0), 1e-9);
        const QPointF moved = view.mapFromDrawing(before) - cursor;
        EXPECT_LE(std::hypot(moved.x(), moved.y()), 0.75) << delta;
    }
}

TEST_F(GraphViewTest, ZoomStaysInItsLimits)
{
    open(test::perceptronSummary());
    for (int i = 0; i < 60; ++i)
        wheel({100, 100}, 120);
    EXPECT_EQ(view.zoom(), kMaximumZoom);
    for (int i = 0; i < 120; ++i)
        wheel({100, 100}, -120);
    EXPECT_EQ(view.zoom(), kMinimumZoom);
}

TEST_F(GraphViewTest, WheelScrollsWhereThatIsWished)
{
    open(test::perceptronSummary());
    view.setWheelScrolls(true);
    const double zoom = view.zoom();
    const QRectF before = view.viewportRect(QStringLiteral("x"));
    wheel({100, 100}, 120);
    EXPECT_EQ(view.zoom(), zoom);
    EXPECT_NEAR(view.viewportRect(QStringLiteral("x")).top() - before.top(), 120, 1);
    wheel({100, 100}, 120, Qt::ControlModifier);
    EXPECT_GT(view.zoom(), zoom);
}

TEST_F(GraphViewTest, MiddleDragAndSpaceDragMoveThePicture)
{
    open(test::perceptronSummary());
    const QRectF before = view.viewportRect(QStringLiteral("x"));
    QTest::mousePress(view.viewport(), Qt::MiddleButton, Qt::NoModifier, QPoint(200, 200));
    QTest::mouseMove(view.viewport(), QPoint(240, 230));
    QTest::mouseRelease(view.viewport(), Qt::MiddleButton, Qt::NoModifier, QPoint(240, 230));
    EXPECT_EQ(view.viewportRect(QStringLiteral("x")).topLeft() - before.topLeft(), QPointF(40, 30));
    QTest::keyPress(&view, Qt::Key_Space);
    QTest::mousePress(view.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(200, 200));
    QTest::mouseMove(view.viewport(), QPoint(190, 150));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(190, 150));
    QTest::keyRelease(&view, Qt::Key_Space);
    EXPECT_EQ(view.viewportRect(QStringLiteral("x")).topLeft() - before.topLeft(), QPointF(30, -20));
    EXPECT_TRUE(hub.isEmpty());
}

TEST_F(GraphViewTest, TappedSpaceFits)
{
    open(test::perceptronSummary());
    const double fitted = view.zoom();
    view.setZoom(3);
    QTest::keyClick(&view, Qt::Key_Space);
    EXPECT_EQ(view.zoom(), fitted);
    click("MatMul_1");
    QTest::keyClick(&view, Qt::Key_Space, Qt::ShiftModifier);
    EXPECT_GT(view.zoom(), fitted);
    EXPECT_TRUE(QRectF(view.viewport()->rect()).contains(view.viewportRect(QStringLiteral("MatMul_1"))));
}

TEST_F(GraphViewTest, ScrollBarsMoveThePicture)
{
    open(test::perceptronSummary());
    view.setZoom(2);
    QScrollBar* bar = view.verticalScrollBar();
    ASSERT_GT(bar->maximum(), 0);
    const double before = view.viewportRect(QStringLiteral("x")).top();
    bar->setValue(bar->value() + 50);
    EXPECT_NEAR(view.viewportRect(QStringLiteral("x")).top(), before - 50, 1);
    EXPECT_EQ(bar->value(), 0) << "the range follows the view";
    bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    EXPECT_NEAR(view.viewportRect(QStringLiteral("x")).top(), before - 90, 1);
}

TEST_F(GraphViewTest, ArrowsWalkAlongTheNetwork)
{
    open(test::variedSummary());
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(hub.current(), QStringLiteral("global_in"));
    for (const char* next : {"Quant_0", "Conv_0", "MatMul_0", "BatchNormalization_0", "Quant_1", "Quant_2"}) {
        QTest::keyClick(&view, Qt::Key_Down);
        EXPECT_EQ(hub.current(), QString::fromUtf8(next));
        EXPECT_TRUE(QRectF(view.viewport()->rect()).contains(view.viewportRect(hub.current()))) << next;
    }
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(hub.current(), QStringLiteral("Quant_1"));
    QTest::keyClick(&view, Qt::Key_Up, Qt::ShiftModifier);
    EXPECT_EQ(hub.selected(), ids({"Quant_1", "BatchNormalization_0"}));
    QTest::keyClick(&view, Qt::Key_End);
    EXPECT_EQ(hub.selected(), ids({"global_out"}));
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(hub.selected(), ids({"global_out"}));
}

TEST_F(GraphViewTest, SideArrowsReachSiblings)
{
    open(test::largeSummary(30));
    hub.selectOnly(QStringLiteral("MatMul_1"));
    QTest::keyClick(&view, Qt::Key_Left);
    const QString left = hub.current();
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(hub.current(), QStringLiteral("MatMul_1"));
    EXPECT_TRUE(left == QStringLiteral("MatMul_0") || left == QStringLiteral("MatMul_2")) << left.toStdString();
}

TEST_F(GraphViewTest, EnterAndDoubleClickActivate)
{
    open(test::perceptronSummary());
    QSignalSpy spy(&view, &GraphView::activated);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(spy.count(), 0);
    click("MatMul_1");
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, middle("Relu_0"));
    ASSERT_EQ(spy.count(), 2);
    EXPECT_EQ(spy[0][0].toString(), QStringLiteral("MatMul_1"));
    EXPECT_EQ(spy[1][0].toString(), QStringLiteral("Relu_0"));
}

TEST_F(GraphViewTest, ControlASelectsEverythingAndTabLeaves)
{
    QWidget window;
    open(test::perceptronSummary());
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(hub.selected().size(), 8);
    QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
    tab.ignore();
    QApplication::sendEvent(&view, &tab);
    EXPECT_EQ(hub.selected().size(), 8);
}

TEST_F(GraphViewTest, ContextMenuIsAskedForWhatLiesUnderTheCursor)
{
    open(test::perceptronSummary());
    QSignalSpy spy(&view, &GraphView::contextMenuAsked);
    QContextMenuEvent event(QContextMenuEvent::Mouse, middle("MatMul_2"), view.viewport()->mapToGlobal(middle("MatMul_2")));
    QApplication::sendEvent(view.viewport(), &event);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].toString(), QStringLiteral("MatMul_2"));
    EXPECT_EQ(hub.selected(), ids({"MatMul_2"}));
}

TEST_F(GraphViewTest, DroppedFilesAreHandedOver)
{
    QSignalSpy spy(&view, &GraphView::filesDropped);
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.onnx")), QUrl(QStringLiteral("https://example.org/b"))});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop({50, 50}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &drop);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].toStringList(), ids({"/tmp/a.onnx"}));

    QMimeData text;
    text.setText(QStringLiteral("words"));
    QDragEnterEvent refused({50, 50}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QApplication::sendEvent(view.viewport(), &refused);
    EXPECT_FALSE(refused.isAccepted());
}

TEST_F(GraphViewTest, AnEditKeepsTheView)
{
    open(test::perceptronSummary());
    click("MatMul_1");
    view.setZoom(1.3);
    const QRectF before = view.viewportRect(QStringLiteral("MatMul_1"));
    auto edited = std::make_shared<GraphSummary>(*test::perceptronSummary());
    edited->nodes[1].formats.push_back({"another long chip <64,32>", {}, {}});
    edited->nodes[1].costs.clear();
    open(edited);
    EXPECT_NEAR(view.zoom(), 1.3, 1e-9);
    EXPECT_LE(std::abs(view.viewportRect(QStringLiteral("MatMul_1")).top() - before.top()), 1);
}

TEST_F(GraphViewTest, AnotherNetworkIsFitted)
{
    open(test::perceptronSummary());
    view.setZoom(3);
    open(test::variedSummary());
    EXPECT_TRUE(QRectF(view.viewport()->rect()).intersects(view.viewportRect(QStringLiteral("global_in"))));
    EXPECT_LE(view.zoom(), 1);
    view.setSummary(nullptr);
    EXPECT_TRUE(view.isUpToDate());
    EXPECT_TRUE(view.idAt({500, 350}).isEmpty());
}

TEST_F(GraphViewTest, TheNewestOfManyLargeNetworksWins)
{
    std::shared_ptr<const GraphSummary> last;
    for (int i = 0; i < 20; ++i) {
        last = test::largeSummary(400 + i * 40);
        view.setSummary(last);
    }
    EXPECT_FALSE(view.isUpToDate());
    ASSERT_TRUE(QTest::qWaitFor([this] { return view.isUpToDate(); }, 5000));
    EXPECT_EQ(view.summary(), last);
}

TEST_F(GraphViewTest, MinimapMovesTheViewAndHides)
{
    open(test::largeSummary(400));
    view.setZoom(0.6);
    auto* minimap = view.findChild<GraphMinimap*>();
    ASSERT_NE(minimap, nullptr);
    EXPECT_TRUE(minimap->isVisible());
    const QPointF before = view.mapToDrawing({0, 0});
    QTest::mouseClick(minimap, Qt::LeftButton, Qt::NoModifier, QPoint(100, 75));
    EXPECT_NE(view.mapToDrawing({0, 0}), before);
    QTest::keyClick(&view, Qt::Key_M);
    EXPECT_FALSE(minimap->isVisible());
    QTest::keyClick(&view, Qt::Key_M);
    EXPECT_TRUE(minimap->isVisible());
}

TEST_F(GraphViewTest, ResizingKeepsAFittedNetworkFitted)
{
    open(test::perceptronSummary());
    view.resize(500, 400);
    QTest::qWait(1);
    view.fit();
    view.resize(900, 800);
    QTest::qWait(1);
    const QRectF seen(view.viewport()->rect());
    EXPECT_TRUE(seen.contains(view.viewportRect(QStringLiteral("x"))));
    EXPECT_TRUE(seen.contains(view.viewportRect(QStringLiteral("probabilities"))));
}

} // namespace
} // namespace bitwright

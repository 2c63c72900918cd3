// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas paints, and how fast. BITWRIGHT_PICTURES=<folder> keeps the pictures to be looked at.
#include <cstdlib>
#include <ctime>
#include <iostream>

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTest>
#include <QWheelEvent>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

#include "exporters/svg.h"
#include "widgets/graph_pictures.h"
#include "widgets/graph_view.h"
#include "widgets/selection_hub.h"
#include "widgets/theme.h"

namespace bitwright {
namespace {

using SummaryPtr = std::shared_ptr<const GraphSummary>;

void keep(const QImage& image, const QString& name)
{
    const QByteArray folder = qgetenv("BITWRIGHT_PICTURES");
    if (!folder.isEmpty()) image.save(QString::fromLocal8Bit(folder) + QLatin1Char('/') + name + QStringLiteral(".png"));
}

struct Shown {
    explicit Shown(ThemeChoice choice) : theme(choice), view(&hub, &theme)
    {
        view.resize(1280, 800);
        view.show();
    }
    QImage picture() { return view.grab().toImage(); }
    void open(const SummaryPtr& summary)
    {
        view.setSummary(summary);
        ASSERT_TRUE(QTest::qWaitFor([this] { return view.isUpToDate(); }, 5000));
    }
    Theme theme;
    SelectionHub hub;
    GraphView view;
};

/// Share of pixels that differ.
double difference(const QImage& a, const QImage& b)
{
    int different = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            different += a.pixel(x, y) != b.pixel(x, y);
    return static_cast<double>(different) / (a.width() * a.height());
}

TEST(GraphLook, BothThemesShowTheNetwork)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        const QString suffix = choice == ThemeChoice::Light ? QStringLiteral("_light") : QStringLiteral("_dark");
        Shown shown(choice);
        keep(shown.picture(), QStringLiteral("empty") + suffix);
        const QImage empty = shown.picture();
        shown.open(test::perceptronSummary());
        keep(shown.picture(), QStringLiteral("perceptron") + suffix);
        EXPECT_GT(difference(shown.picture(), empty), 0.02);
        shown.hub.select({QStringLiteral("MatMul_1"), QStringLiteral("Relu_0")}, QStringLiteral("MatMul_1"));
        shown.view.setSearchHits({QStringLiteral("MatMul_2")});
        shown.view.setStale(true, true);
        keep(shown.picture(), QStringLiteral("perceptron_selected") + suffix);
        shown.view.setStale(false, false);
        shown.open(test::variedSummary());
        keep(shown.picture(), QStringLiteral("varied") + suffix);
        shown.view.setZoom(1);
        shown.view.reveal(QStringLiteral("Quant_4"));
        keep(shown.picture(), QStringLiteral("varied_near") + suffix);
        shown.view.setDirection(LayoutDirection::LeftToRight);
        keep(shown.picture(), QStringLiteral("varied_sideways") + suffix);
    }
}

TEST(GraphLook, StaleContentLooksDifferent)
{
    Shown shown(ThemeChoice::Light);
    shown.open(test::perceptronSummary());
    const QImage fresh = shown.picture();
    shown.view.setStale(true, false);
    const QImage stale_costs = shown.picture();
    EXPECT_GT(difference(fresh, stale_costs), 0.001);
    shown.view.setStale(true, true);
    EXPECT_GT(difference(stale_costs, shown.picture()), 0.0005);
    shown.view.setStale(false, false);
    EXPECT_EQ(difference(fresh, shown.picture()), 0);
}

TEST(GraphLook, MovedPictureIsThePaintedOne)
{
    Shown shown(ThemeChoice::Light);
    shown.open(test::largeSummary(400));
    shown.view.setZoom(0.8);
    QTest::qWait(90);
    shown.picture();
    QTest::mousePress(shown.view.viewport(), Qt::MiddleButton, Qt::NoModifier, QPoint(600, 400));
    for (int i = 1; i <= 5; ++i) {
        QTest::mouseMove(shown.view.viewport(), QPoint(600 - i * 37, 400 - i * 53));
        shown.picture();
    }
    QTest::mouseRelease(shown.view.viewport(), Qt::MiddleButton, Qt::NoModifier, QPoint(415, 135));
    const QImage moved = shown.picture();
    shown.view.setStale(true, true); // forces painting anew
    shown.view.setStale(false, false);
    EXPECT_LT(difference(moved, shown.picture()), 0.002);
}

TEST(GraphLook, HighResolutionScreensGetAllTheirPixels)
{
    Shown shown(ThemeChoice::Light);
    shown.open(test::perceptronSummary());
    QImage image(shown.view.size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    shown.view.render(&image);
    EXPECT_EQ(image.width(), shown.view.width() * 2);
}

TEST(GraphLook, SvgIsWellFormedAndShowsTheSamePicture)
{
    const SummaryPtr summary = test::variedSummary();
    for (const ColourScheme scheme : {ColourScheme::Light, ColourScheme::Dark}) {
        const std::string svg = writeSvg(drawGraph(*summary), scheme);
        QXmlStreamReader reader(QByteArray::fromStdString(svg));
        int titles = 0;
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("title")) ++titles;
        EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
        EXPECT_GE(titles, static_cast<int>(summary->nodes.size()));
        QSvgRenderer renderer(QByteArray::fromStdString(svg));
        ASSERT_TRUE(renderer.isValid());
        QImage image(renderer.defaultSize(), QImage::Format_RGB32);
        QPainter painter(&image);
        renderer.render(&painter);
        painter.end();
        keep(image, scheme == ColourScheme::Light ? QStringLiteral("svg_light") : QStringLiteral("svg_dark"));
    }
}

double coveredShare(const QImage& image, const Theme& theme)
{
    QImage empty = image;
    empty.fill(theme.colour(ColourRole::Canvas));
    return difference(image, empty);
}

double millisecondsPerFrame(Shown& shown, int frames)
{
    double worst = 0;
    for (int i = 0; i < frames; ++i) {
        shown.view.setStale(i % 2 == 0, false); // nothing of the last frame can be used
        const std::clock_t start = std::clock();
        shown.view.viewport()->repaint();
        worst = std::max(worst, static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC);
    }
    return worst;
}

// A frame at 60 Hz is 16 ms; three times that is allowed for a loaded machine. The figures are printed to be watched.
TEST(GraphBudget, TenThousandNodesPaintWithinAFrame)
{
    Shown shown(ThemeChoice::Light);
    const std::clock_t start = std::clock();
    shown.open(test::largeSummary(10000, 60));
    std::cout << "10,000 nodes to the first picture: "
              << static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC << " ms of CPU time\n";
    shown.view.fit();
    keep(shown.picture(), QStringLiteral("large_whole"));
    for (const double zoom : {shown.view.zoom(), 0.05, 0.1, 0.25, 0.35, 0.5, 0.75, 1.0, 2.0}) {
        shown.view.setZoom(zoom);
        QTest::qWait(80);
        keep(shown.picture(), QStringLiteral("large_%1").arg(zoom));
        EXPECT_GT(coveredShare(shown.picture(), shown.theme), 0.02) << "nothing to measure at " << zoom;
        millisecondsPerFrame(shown, 2); // texts are laid out once
        const double milliseconds = millisecondsPerFrame(shown, 5);
        std::cout << "zoom " << zoom << ": " << milliseconds << " ms\n";
        EXPECT_LT(milliseconds, 48) << zoom;
    }
}

} // namespace
} // namespace bitwright

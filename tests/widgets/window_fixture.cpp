// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "support/resources.h"
#include "widgets/document.h"
#include "widgets/text.h"

#include <QTest>

namespace bitwright::test {

namespace {

constexpr int kPatience = 60'000;

} // namespace

QString samplePath(const char* relative)
{
    const auto path = resourcePath(std::string("samples/") + relative);
    return path ? toQString(*path) : QString();
}

void WindowTest::SetUp()
{
    ASSERT_TRUE(folder.isValid());
    ASSERT_FALSE(samplePath("models/wine_mlp.onnx").isEmpty());
    theme = std::make_unique<Theme>(ThemeChoice::Light);
    restart();
}

void WindowTest::restart()
{
    window.reset();
    settings = std::make_unique<WindowSettings>(folder.filePath(QStringLiteral("settings")));
    window = std::make_unique<MainWindow>(theme.get(), settings.get());
    window->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(window.get()));
}

void WindowTest::openWine()
{
    OpenRequest request;
    request.model = toUtf8(samplePath("models/wine_mlp.onnx"));
    request.data = datasetPaths({samplePath("data/wine_x.npy")}, samplePath("data/wine_y.npy"), nullptr);
    window->open(request);
    waitUntilAtRest();
    ASSERT_TRUE(window->document()->hasDesign());
}

void WindowTest::waitUntilAtRest()
{
    ASSERT_TRUE(QTest::qWaitFor([this] { return window->isAtRest(); }, kPatience));
}

QString WindowTest::denseLayer() const
{
    for (const Layer& layer : *window->document()->view().layers)
        for (const SlotInfo& slot : layer.slots)
            if (slot.name == slots::kWeight)
                return toQString(layer.id);
    return {};
}

} // namespace bitwright::test

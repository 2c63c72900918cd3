// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/screenshot.h"

#include "widgets/main_window.h"
#include "widgets/message_card.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QTextStream>

namespace bitwright {

namespace {

constexpr int kLookMilliseconds = 20;
constexpr int kCalmLooks = 5;
constexpr qint64 kPatienceMilliseconds = 120'000;
constexpr int kBadInput = 2;

} // namespace

Screenshot::Screenshot(MainWindow* window, const QString& path, QObject* parent)
    : QObject(parent), m_window(window), m_path(path)
{
    m_clock.start();
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_timer.start(kLookMilliseconds);
}

void Screenshot::look()
{
    m_calm = m_window->isAtRest() ? m_calm + 1 : 0;
    if (m_calm < kCalmLooks && m_clock.elapsed() < kPatienceMilliseconds)
        return;
    m_timer.stop();
    take();
}

void Screenshot::take()
{
    const bool hasFailed = m_window->card()->isProblem();
    if (!m_window->grab().save(m_path)) {
        QTextStream(stderr) << QStringLiteral("bitwright: error: '%1' could not be written.").arg(m_path) << Qt::endl;
        QCoreApplication::exit(kBadInput);
        return;
    }
    if (hasFailed)
        QTextStream(stderr) << m_window->card()->title() << QStringLiteral(". ") << m_window->card()->text() << Qt::endl;
    QCoreApplication::exit(hasFailed ? kBadInput : 0);
}

} // namespace bitwright

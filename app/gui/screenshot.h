// SPDX-License-Identifier: GPL-3.0-or-later
/// A picture of the window once everything in it is final; for documentation, tests and machines without a display.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace bitwright {

class MainWindow;

class Screenshot final : public QObject {
    Q_OBJECT
public:
    Screenshot(MainWindow* window, const QString& path, QObject* parent = nullptr);

private:
    void look();
    void take();

    MainWindow* m_window;
    QString m_path;
    QTimer m_timer;
    QElapsedTimer m_clock;
    int m_calm = 0; ///< looks in a row that found the window at rest
};

} // namespace bitwright

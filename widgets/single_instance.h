// SPDX-License-Identifier: GPL-3.0-or-later
/// A second start hands what it was asked to the window that runs, over a local socket (gui.md 4.8).
#pragma once

#include <QByteArray>
#include <QObject>

class QLocalServer;
class QLocalSocket;

namespace bitwright {

/// One per user and settings folder.
class SingleInstance final : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const QString& settingsFolder, QObject* parent = nullptr);

    /// Hands @p message to the instance that runs. @return whether one took it; then there is nothing more to do
    bool handOver(const QByteArray& message) const;
    /// Takes messages from now on. A socket that a crash left behind is replaced.
    bool listen();

Q_SIGNALS:
    void received(const QByteArray& message);

private:
    void greet();
    void read(QLocalSocket* socket);

    QString m_name;
    QLocalServer* m_server;
};

} // namespace bitwright

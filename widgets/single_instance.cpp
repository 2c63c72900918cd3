// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/single_instance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>

namespace bitwright {

namespace {

constexpr int kPatienceMilliseconds = 1000;
constexpr qint64 kLargestMessage = 1 << 20;
constexpr char kTaken = '+';

} // namespace

SingleInstance::SingleInstance(const QString& settingsFolder, QObject* parent)
    : QObject(parent), m_server(new QLocalServer(this))
{
    // Sockets have short names, folders may have long ones.
    const QByteArray place = (QDir::homePath() + QLatin1Char('\n') + settingsFolder).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(place, QCryptographicHash::Sha1).toHex().left(16);
    m_name = QStringLiteral("bitwright-") + QString::fromLatin1(hash);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::greet);
}

bool SingleInstance::handOver(const QByteArray& message) const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(kPatienceMilliseconds))
        return false;
    QDataStream stream(&socket);
    stream << message;
    while (socket.bytesToWrite() > 0)
        if (!socket.waitForBytesWritten(kPatienceMilliseconds))
            return false;
    char answer = 0;
    return socket.waitForReadyRead(kPatienceMilliseconds) && socket.getChar(&answer) && answer == kTaken;
}

bool SingleInstance::listen()
{
    if (m_server->listen(m_name))
        return true;
    QLocalServer::removeServer(m_name);
    return m_server->listen(m_name);
}

void SingleInstance::greet()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        if (socket->bytesAvailable() > 0)
            read(socket);
    }
}

void SingleInstance::read(QLocalSocket* socket)
{
    if (socket->bytesAvailable() > kLargestMessage)
        return socket->abort();
    QDataStream stream(socket);
    stream.startTransaction();
    QByteArray message;
    stream >> message;
    if (!stream.commitTransaction())
        return;
    socket->putChar(kTaken);
    socket->flush();
    Q_EMIT received(message);
}

} // namespace bitwright

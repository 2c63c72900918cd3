// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window_settings.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace bitwright {

namespace {

constexpr int kMostRecent = 20;
constexpr int kLayoutVersion = 1; ///< of the docks; a saved layout of another version is not restored

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

} // namespace

WindowSettings::WindowSettings(const QString& folder)
    : m_folder(folder.isEmpty()
                   ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/bitwright")
                   : QDir(folder).absolutePath())
{
    QDir().mkpath(m_folder);
    m_settings = std::make_unique<QSettings>(m_folder + QStringLiteral("/bitwright.ini"), QSettings::IniFormat);
}

WindowSettings::~WindowSettings() = default;

QString WindowSettings::recoveryFolder() const
{
    return m_folder + QStringLiteral("/recovery");
}

QStringList WindowSettings::recentFiles() const
{
    return m_settings->value(key("files/recent")).toStringList();
}

void WindowSettings::addRecentFile(const QString& path)
{
    QStringList files = recentFiles();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    files.removeAll(absolute);
    files.prepend(absolute);
    m_settings->setValue(key("files/recent"), QStringList(files.mid(0, kMostRecent)));
}

void WindowSettings::clearRecentFiles()
{
    m_settings->remove(key("files/recent"));
}

QByteArray WindowSettings::geometry() const
{
    return m_settings->value(key("window/geometry")).toByteArray();
}

QByteArray WindowSettings::docks() const
{
    if (m_settings->value(key("window/version")).toInt() != kLayoutVersion)
        return {};
    return m_settings->value(key("window/docks")).toByteArray();
}

QByteArray WindowSettings::columns() const
{
    if (m_settings->value(key("window/version")).toInt() != kLayoutVersion)
        return {};
    return m_settings->value(key("window/columns")).toByteArray();
}

void WindowSettings::setLayout(const QByteArray& geometry, const QByteArray& docks, const QByteArray& columns)
{
    m_settings->setValue(key("window/version"), kLayoutVersion);
    m_settings->setValue(key("window/geometry"), geometry);
    m_settings->setValue(key("window/docks"), docks);
    m_settings->setValue(key("window/columns"), columns);
}

void WindowSettings::forgetDocks()
{
    m_settings->remove(key("window/docks"));
    m_settings->remove(key("window/columns"));
}

ThemeChoice WindowSettings::theme() const
{
    const QString name = m_settings->value(key("appearance/theme")).toString();
    if (name == QLatin1String("dark"))
        return ThemeChoice::Dark;
    return name == QLatin1String("light") ? ThemeChoice::Light : ThemeChoice::System;
}

void WindowSettings::setTheme(ThemeChoice choice)
{
    const char* name = choice == ThemeChoice::Dark ? "dark" : choice == ThemeChoice::Light ? "light" : "system";
    m_settings->setValue(key("appearance/theme"), key(name));
}

QString WindowSettings::lastFolder(const QString& kind) const
{
    const QString folder = m_settings->value(key("folders/") + kind).toString();
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

void WindowSettings::setLastFolder(const QString& kind, const QString& path)
{
    const QFileInfo info(path);
    m_settings->setValue(key("folders/") + kind, info.isDir() ? info.absoluteFilePath() : info.absolutePath());
}

} // namespace bitwright

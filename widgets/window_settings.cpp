// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window_settings.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace bitwright {

namespace {

constexpr int kMostRecent = 20;
constexpr int kLayoutVersion = 1; ///< of the docks; a saved layout of another version is not restored

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

/// Names may hold slashes, which would be groups.
QString layoutKey(const QString& name)
{
    return key("layouts/") + QString::fromLatin1(name.toUtf8().toHex());
}

int readNumber(const QSettings& settings, const char* name, int fallback, int lowest, int highest)
{
    bool isNumber = false;
    const int value = settings.value(key(name), fallback).toInt(&isNumber);
    return isNumber ? std::clamp(value, lowest, highest) : fallback;
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

Preferences WindowSettings::preferences() const
{
    const Preferences initial;
    Preferences read;
    read.font_percent = readNumber(*m_settings, "appearance/font_percent", initial.font_percent, kSmallestFontPercent, kLargestFontPercent);
    read.reopens_last = m_settings->value(key("start/reopens_last"), initial.reopens_last).toBool();
    read.data_folder = m_settings->value(key("files/data_folder")).toString();
    read.is_left_to_right = m_settings->value(key("graph/left_to_right"), initial.is_left_to_right).toBool();
    read.wheel_scrolls = m_settings->value(key("graph/wheel_scrolls"), initial.wheel_scrolls).toBool();
    read.has_minimap = m_settings->value(key("graph/minimap"), initial.has_minimap).toBool();
    read.threads = readNumber(*m_settings, "emulator/threads", initial.threads, 0, kMostThreads);
    read.first_samples = readNumber(*m_settings, "emulator/first_samples", initial.first_samples, 0, kMostFirstSamples);
    read.random_samples = readNumber(*m_settings, "emulator/random_samples", initial.random_samples, 1, kMostRandomSamples);
    return read;
}

void WindowSettings::setPreferences(const Preferences& preferences)
{
    m_settings->setValue(key("appearance/font_percent"), preferences.font_percent);
    m_settings->setValue(key("start/reopens_last"), preferences.reopens_last);
    m_settings->setValue(key("files/data_folder"), preferences.data_folder);
    m_settings->setValue(key("graph/left_to_right"), preferences.is_left_to_right);
    m_settings->setValue(key("graph/wheel_scrolls"), preferences.wheel_scrolls);
    m_settings->setValue(key("graph/minimap"), preferences.has_minimap);
    m_settings->setValue(key("emulator/threads"), preferences.threads);
    m_settings->setValue(key("emulator/first_samples"), preferences.first_samples);
    m_settings->setValue(key("emulator/random_samples"), preferences.random_samples);
}

std::optional<QStringList> WindowSettings::shortcuts(const QString& action) const
{
    const QVariant stored = m_settings->value(key("shortcuts/") + action);
    if (!stored.isValid())
        return std::nullopt;
    QStringList keys = stored.toStringList();
    keys.removeAll(QString()); // an empty list is stored as one empty string
    return keys;
}

void WindowSettings::setShortcuts(const QString& action, const std::optional<QStringList>& keys)
{
    if (keys)
        m_settings->setValue(key("shortcuts/") + action, keys->isEmpty() ? QStringList{QString()} : *keys);
    else
        m_settings->remove(key("shortcuts/") + action);
}

QStringList WindowSettings::layoutNames() const
{
    m_settings->beginGroup(key("layouts"));
    QStringList names;
    for (const QString& hex : m_settings->childKeys())
        names.append(QString::fromUtf8(QByteArray::fromHex(hex.toLatin1())));
    m_settings->endGroup();
    names.sort(Qt::CaseInsensitive);
    return names;
}

QByteArray WindowSettings::layout(const QString& name) const
{
    return m_settings->value(layoutKey(name)).toByteArray();
}

void WindowSettings::setNamedLayout(const QString& name, const QByteArray& docks)
{
    m_settings->setValue(layoutKey(name), docks);
}

void WindowSettings::removeLayout(const QString& name)
{
    m_settings->remove(layoutKey(name));
}

QString WindowSettings::lastFolder(const QString& kind) const
{
    const QString fixed = m_settings->value(key("files/data_folder")).toString();
    if (kind == QLatin1String("data") && QFileInfo(fixed).isDir())
        return fixed;
    const QString folder = m_settings->value(key("folders/") + kind).toString();
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

void WindowSettings::setLastFolder(const QString& kind, const QString& path)
{
    const QFileInfo info(path);
    m_settings->setValue(key("folders/") + kind, info.isDir() ? info.absoluteFilePath() : info.absolutePath());
}

} // namespace bitwright

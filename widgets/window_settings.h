// SPDX-License-Identifier: GPL-3.0-or-later
/// What the window remembers between runs: an INI file in one folder, so that it can be carried along (gui.md 3.12).
#pragma once

#include <memory>
#include <optional>

#include <QByteArray>
#include <QStringList>

#include "widgets/preferences.h"
#include "widgets/theme.h"

class QSettings;

namespace bitwright {

class WindowSettings final {
public:
    /// @p folder empty: the user's configuration folder.
    explicit WindowSettings(const QString& folder = {});
    ~WindowSettings();

    const QString& folder() const { return m_folder; }
    QString recoveryFolder() const;

    QStringList recentFiles() const; ///< newest first; some may be gone
    void addRecentFile(const QString& path);
    void clearRecentFiles();

    QByteArray geometry() const;
    QByteArray docks() const;
    QByteArray columns() const;
    void setLayout(const QByteArray& geometry, const QByteArray& docks, const QByteArray& columns);
    void forgetDocks();

    ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);

    Preferences preferences() const; ///< out-of-range numbers in the file are brought into range
    void setPreferences(const Preferences& preferences);

    /// Keys that the user gave an action, in portable text; nothing: the action's own.
    std::optional<QStringList> shortcuts(const QString& action) const;
    /// Nothing: back to the action's own.
    void setShortcuts(const QString& action, const std::optional<QStringList>& keys);

    /// Arrangements of panels that the user named, by name.
    QStringList layoutNames() const;
    QByteArray layout(const QString& name) const;
    void setNamedLayout(const QString& name, const QByteArray& docks);
    void removeLayout(const QString& name);

    /// The folder that a kind of file was last chosen in.
    QString lastFolder(const QString& kind) const;
    void setLastFolder(const QString& kind, const QString& path);

private:
    QString m_folder;
    std::unique_ptr<QSettings> m_settings;
};

} // namespace bitwright

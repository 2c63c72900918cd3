// SPDX-License-Identifier: GPL-3.0-or-later
/// The one selection that canvas, table and panels share: an ordered set of layer ids with one of them current.
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

namespace bitwright {

class SelectionHub final : public QObject {
    Q_OBJECT
public:
    explicit SelectionHub(QObject* parent = nullptr);

    const QStringList& selected() const { return m_selected; } ///< in the order of selecting
    const QString& current() const { return m_current; }       ///< empty, or one of the selected
    bool contains(const QString& id) const { return m_members.contains(id); }
    bool isEmpty() const { return m_selected.isEmpty(); }

    /// Replaces the selection. The current id is @p current where it is selected, else the last one.
    void select(const QStringList& ids, const QString& current = {});
    void selectOnly(const QString& id) { select({id}, id); }
    void add(const QStringList& ids);
    void toggle(const QString& id);
    void setCurrent(const QString& id); ///< selects it too if it is not
    void clear() { select({}); }
    /// Drops what no longer exists.
    void keepOnly(const QSet<QString>& existing);

Q_SIGNALS:
    void selectionChanged(); ///< the set or its order
    void currentChanged(const QString& id);

private:
    void assign(QStringList ids, const QString& current);

    QStringList m_selected;
    QSet<QString> m_members;
    QString m_current;
};

} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/selection_hub.h"

#include <utility>

namespace bitwright {

SelectionHub::SelectionHub(QObject* parent) : QObject(parent) {}

void SelectionHub::select(const QStringList& ids, const QString& current)
{
    QStringList unique;
    QSet<QString> seen;
    for (const QString& id : ids) {
        if (id.isEmpty() || seen.contains(id)) continue;
        seen.insert(id);
        unique.append(id);
    }
    assign(std::move(unique), current);
}

void SelectionHub::add(const QStringList& ids)
{
    select(m_selected + ids, ids.isEmpty() ? m_current : ids.last());
}

void SelectionHub::toggle(const QString& id)
{
    if (!contains(id)) {
        add({id});
        return;
    }
    QStringList rest = m_selected;
    rest.removeOne(id);
    assign(std::move(rest), m_current);
}

void SelectionHub::setCurrent(const QString& id)
{
    if (contains(id))
        assign(m_selected, id);
    else
        add({id});
}

void SelectionHub::keepOnly(const QSet<QString>& existing)
{
    QStringList rest;
    for (const QString& id : std::as_const(m_selected))
        if (existing.contains(id)) rest.append(id);
    assign(std::move(rest), m_current);
}

void SelectionHub::assign(QStringList ids, const QString& current)
{
    const bool is_other_set = ids != m_selected;
    if (is_other_set) {
        m_selected = std::move(ids);
        m_members = QSet<QString>(m_selected.cbegin(), m_selected.cend());
    }
    const QString next = m_members.contains(current) ? current
                         : m_selected.isEmpty()      ? QString()
                                                     : m_selected.last();
    const bool is_other_current = next != m_current;
    m_current = next;
    if (is_other_set) Q_EMIT selectionChanged();
    if (is_other_current) Q_EMIT currentChanged(m_current);
}

} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/configuration_step.h"

namespace bitwright {

ConfigurationStep::ConfigurationStep(const QString& text, Value before, Value after, QString mergeKey,
                                     std::function<void(const Value&)> show)
    : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)),
      m_mergeKey(std::move(mergeKey)), m_show(std::move(show))
{
}

void ConfigurationStep::undo()
{
    m_show(m_before);
}

void ConfigurationStep::redo()
{
    m_show(m_after);
}

int ConfigurationStep::id() const
{
    return m_mergeKey.isEmpty() ? -1 : 1;
}

bool ConfigurationStep::mergeWith(const QUndoCommand* next)
{
    const auto* step = static_cast<const ConfigurationStep*>(next);
    if (step->m_mergeKey != m_mergeKey)
        return false;
    m_after = step->m_after;
    setObsolete(*m_after == *m_before);
    return true;
}

} // namespace bitwright

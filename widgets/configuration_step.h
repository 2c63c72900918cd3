// SPDX-License-Identifier: GPL-3.0-or-later
/// The only undo command of the program: a step between two configurations (aesthetics.md 5.6).
#pragma once

#include <functional>
#include <memory>

#include <QString>
#include <QUndoCommand>

#include "configuration/configuration.h"

namespace bitwright {

/// Steps with the same non-empty merge key that follow each other become one: a drag is one step, and a drag back
/// to where it started is none.
class ConfigurationStep final : public QUndoCommand {
public:
    using Value = std::shared_ptr<const Configuration>;

    ConfigurationStep(const QString& text, Value before, Value after, QString mergeKey,
                      std::function<void(const Value&)> show);

    void undo() override;
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* next) override;

private:
    Value m_before;
    Value m_after;
    QString m_mergeKey;
    std::function<void(const Value&)> m_show;
};

} // namespace bitwright

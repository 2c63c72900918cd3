// SPDX-License-Identifier: GPL-3.0-or-later
/// What people do to layers, as edits of the document: table, Inspector, charts and menu all call it, so that every
/// road makes the same one undo step.
#pragma once

#include <QObject>
#include <QStringList>

#include "widgets/document.h"
#include "widgets/format_input.h"

namespace bitwright {

class LayerEditor final : public QObject {
    Q_OBJECT
public:
    explicit LayerEditor(Document* document, QObject* parent = nullptr);

    /// Ids "" stand for the model-wide settings. Several layers: locked ones and those without the slot are left
    /// out; one layer: a lock is a refusal.
    void setFormat(const QStringList& layers, const std::string& slot, const FormatInput& input,
                   const QString& mergeKey = {});
    void setTunable(const QStringList& layers, const std::string& tunable,
                    const std::optional<TunableChoice>& choice, const QString& mergeKey = {});
    /// Typed text: a number, one of the legal words, "auto", "*2", "+1", or nothing to unset.
    void setTunableText(const QStringList& layers, const std::string& tunable, const QString& text);
    /// The next legal value in that direction for each layer.
    void stepReuse(const QStringList& layers, int direction);
    void setLocked(const QStringList& layers, bool isLocked);
    void setNote(const QString& layer, const QString& note);
    /// Back to what the flow starts with.
    void reset(const QStringList& layers);
    void resetFormat(const QStringList& layers, const std::string& slot);
    void resetTunable(const QStringList& layers, const std::string& tunable);
    void setDesign(const DesignSettings& design, const QString& text, const QString& mergeKey = {});
    void replaceConfiguration(const Configuration& configuration, const QString& text);
    /// Integer bits of the result that just hold what the samples need.
    void fitToData(const QStringList& layers);

    void copySettings(const QString& layer);
    void pasteSettings(const QStringList& layers);
    bool canPaste() const { return m_copied.has_value(); }

Q_SIGNALS:
    /// A sentence why an edit had no effect, or only in part.
    void noticed(const QString& sentence);

private:
    /// The layers of @p ids that an edit of several reaches.
    QStringList editable(const QStringList& ids);
    void run(EditBatch batch, const QString& what, const QStringList& layers, const QString& mergeKey);

    Document* m_document;
    std::optional<LayerSettings> m_copied;
};

} // namespace bitwright

// SPDX-License-Identifier: GPL-3.0-or-later
/// The editor of one number format: text, spin boxes, modes, read-outs (gui.md 3.6).
#pragma once

#include <optional>

#include <QWidget>

#include "widgets/format_input.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace bitwright {

class BitBoxes;

/// Takes a format and emits what the person wants instead; it never reaches for the document. Empty text with
/// placeholder "—" stands for several layers that differ.
class FormatEdit final : public QWidget {
    Q_OBJECT
public:
    explicit FormatEdit(QWidget* parent = nullptr);

    /// @p decided is what the user chose (nothing: unset), @p effective what it comes to.
    void setValue(const std::optional<FormatChoice>& decided, const std::optional<NumberFormat>& effective);
    /// Several layers with different formats.
    void setMixed(const QString& distribution);
    QLineEdit* textField() const { return m_text; }
    /// The sentence under the field, empty while the text is fine.
    QString errorText() const;

Q_SIGNALS:
    /// A finished edit. Edits with the same @p mergeKey (one drag, one run of spin steps) are one step.
    void committed(const FormatInput& input, const QString& mergeKey);

protected:
    void keyPressEvent(QKeyEvent* event) override; ///< Escape restores the shown text

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void showFixed(const FixedFormat& format);
    void showReadOuts(const std::optional<NumberFormat>& effective);
    void checkText(const QString& text);
    void commitText();
    void commitSpins();
    void commitFixed(const FixedFormat& format, const QString& mergeKey);
    FixedFormat formatFromControls() const;
    void setControlsEnabled(bool isEnabled);

    QLineEdit* m_text = nullptr;
    QLabel* m_error = nullptr;
    QComboBox* m_signedness = nullptr;
    QSpinBox* m_width = nullptr;
    QSpinBox* m_integer = nullptr;
    QComboBox* m_rounding = nullptr;
    QComboBox* m_overflow = nullptr;
    BitBoxes* m_boxes = nullptr;
    QLabel* m_readOuts = nullptr;
    QString m_shownText;
    std::optional<FixedFormat> m_fixed; ///< what the controls stand for
    bool m_isShowing = false;           ///< programmatic changes emit nothing
};

} // namespace bitwright

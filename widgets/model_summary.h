// SPDX-License-Identifier: GPL-3.0-or-later
/// What the Inspector shows where no layer is selected: file, size, inputs, outputs, data.
#pragma once

#include <QWidget>

class QLabel;

namespace bitwright {

class Document;

class ModelSummary final : public QWidget {
    Q_OBJECT
public:
    explicit ModelSummary(Document* document, QWidget* parent = nullptr);

private:
    void refresh();

    Document* m_document;
    QLabel* m_title = nullptr;
    QLabel* m_table = nullptr;
    QLabel* m_hint = nullptr;
};

} // namespace bitwright

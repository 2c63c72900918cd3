// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/file_dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

namespace bitwright {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("FileDialogs", text);
}

void ask(QWidget* parent, const FileDialogs::Question& question, const FileDialogs::Answer& answer,
         QFileDialog::AcceptMode mode, QFileDialog::FileMode what)
{
    auto* dialog = new QFileDialog(parent, question.title, question.folder, question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(what);
    dialog->setDefaultSuffix(question.suffix);
    if (!question.suggestion.isEmpty())
        dialog->selectFile(question.suggestion);
    QObject::connect(dialog, &QFileDialog::accepted, parent, [dialog, answer] { answer(dialog->selectedFiles()); });
    dialog->open();
}

void askToSave(QWidget* parent, const QString& name, const std::function<void(int)>& answer)
{
    auto* box = new QMessageBox(QMessageBox::Question, translated("Save changes"),
                                translated("'%1' has changes that are not saved.").arg(name),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Save);
    box->button(QMessageBox::Save)->setText(translated("&Save"));
    box->button(QMessageBox::Discard)->setText(translated("&Discard"));
    QObject::connect(box, &QMessageBox::finished, parent, [answer](int button) {
        if (button != QMessageBox::Cancel)
            answer(button == QMessageBox::Save ? 1 : 0);
    });
    box->open();
}

void askName(QWidget* parent, const QString& title, const QString& what, const std::function<void(const QString&)>& answer)
{
    auto* dialog = new QInputDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(what);
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent, [answer](const QString& text) {
        if (!text.simplified().isEmpty())
            answer(text.simplified());
    });
    dialog->open();
}

} // namespace

FileDialogs nativeFileDialogs()
{
    FileDialogs dialogs;
    dialogs.ask_open = [](QWidget* parent, const FileDialogs::Question& question, const FileDialogs::Answer& answer) {
        ask(parent, question, answer, QFileDialog::AcceptOpen, QFileDialog::ExistingFiles);
    };
    dialogs.ask_save = [](QWidget* parent, const FileDialogs::Question& question, const FileDialogs::Answer& answer) {
        ask(parent, question, answer, QFileDialog::AcceptSave, QFileDialog::AnyFile);
    };
    dialogs.ask_folder = [](QWidget* parent, const FileDialogs::Question& question, const FileDialogs::Answer& answer) {
        ask(parent, question, answer, QFileDialog::AcceptSave, QFileDialog::AnyFile);
    };
    dialogs.ask_existing_folder = [](QWidget* parent, const FileDialogs::Question& question, const FileDialogs::Answer& answer) {
        ask(parent, question, answer, QFileDialog::AcceptOpen, QFileDialog::Directory);
    };
    dialogs.ask_to_save = askToSave;
    dialogs.ask_name = askName;
    return dialogs;
}

} // namespace bitwright

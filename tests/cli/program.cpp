// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace bitwright::test {
namespace {

std::string contents(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

void redirect(const std::string& path, int descriptor)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, descriptor);
}

} // namespace

Outcome runAndSignal(const std::string& folder, const std::vector<std::string>& arguments, int signal, int milliseconds)
{
    const std::string out = folder + "/.stdout";
    const std::string err = folder + "/.stderr";
    const pid_t child = ::fork();
    if (child == 0) {
        redirect(out, STDOUT_FILENO);
        redirect(err, STDERR_FILENO);
        std::vector<char*> argv{const_cast<char*>("bitwright-cli")};
        for (const std::string& argument : arguments)
            argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        if (::chdir(folder.c_str()) == 0) ::execv(BITWRIGHT_CLI, argv.data());
        ::_exit(127);
    }
    if (signal != 0) {
        ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
        ::kill(child, signal);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(out), contents(err)};
}

Outcome run(const std::string& folder, const std::vector<std::string>& arguments)
{
    return runAndSignal(folder, arguments, 0, 0);
}

std::string sample(const std::string& relative)
{
    return std::string(BITWRIGHT_SAMPLES "/") + relative;
}

} // namespace bitwright::test

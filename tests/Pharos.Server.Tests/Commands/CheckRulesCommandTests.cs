using Pharos.Server.Commands;
using Pharos.Testing;

namespace Pharos.Server.Tests.Commands;

public sealed class CheckRulesCommandTests : IDisposable
{
    private const string Twice = "groups:\n- name: g\n  rules:\n  - {record: r, expr: up, labels: {a: b}}\n  - {record: r, expr: down, labels: {a: b}}\n";
    private readonly TempFolder _folder = new();
    private readonly CommandConsole _console = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Good_files_are_counted()
    {
        string a = _folder.Write("a.yml", "groups:\n- name: g\n  rules:\n  - {record: r, expr: up}\n  - {alert: A, expr: up == 0}\n");
        string b = _folder.Write("b.yml", "groups: []\n");

        Assert.Equal(ExitCode.Success, await CheckAsync(a, b));
        Assert.Equal($"Checking {a}\n  SUCCESS: 2 rules found\n\nChecking {b}\n  SUCCESS: 0 rules found\n\n", _console.Out);
        Assert.Equal("", _console.Error);
    }

    [Fact]
    public async Task Every_error_is_said_with_its_place_and_the_other_files_are_checked_all_the_same()
    {
        string bad = _folder.Write("bad.yml", "groups:\n- name: g\n  rules:\n  - {record: r, expr: 'sum('}\n  - {alert: A, expr: up, annotations: {s: '{{ .x'}}\n");
        string good = _folder.Write("good.yml", "groups: []\n");

        Assert.Equal(ExitCode.Failure, await CheckAsync(bad, good));
        Assert.EndsWith($"Checking {good}\n  SUCCESS: 0 rules found\n\n", _console.Out, StringComparison.Ordinal);
        string[] lines = _console.Error.Split('\n');
        Assert.Equal("  FAILED:", lines[0]);
        Assert.StartsWith($"{bad}:4:", lines[1], StringComparison.Ordinal);
        Assert.Contains("could not parse expression: 1:5: parse error: unclosed left parenthesis", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{bad}:5:", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_are_said_and_fatal_only_where_that_is_asked_for()
    {
        string path = _folder.Write("a.yml", Twice);

        Assert.Equal(ExitCode.Success, await CheckAsync(path));
        Assert.Equal("  FAILED:\nlint error 1 duplicate rule(s) found.\nMetric: r\nLabel(s):\n\ta: b\nMight cause inconsistency while recording expressions\n", _console.Error);
        Assert.Equal(3, await CheckAsync("--lint-fatal", path));
        Assert.Equal(3, await CheckAsync("--lint=all", "--lint-fatal", path));
        Assert.Equal(ExitCode.Success, await CheckAsync("--lint=none", "--lint-fatal", path));
    }

    [Fact]
    public async Task Without_files_standard_input_is_checked()
    {
        Assert.Equal(ExitCode.Success, await _console.PipeAsync(new CheckCommand(), "groups: []\n", "rules"));
        Assert.Equal("Checking standard input\n  SUCCESS: 0 rules found\n\n", _console.Out);
        Assert.Equal(ExitCode.Failure, await _console.PipeAsync(new CheckCommand(), "groups: 7\n", "rules"));
        Assert.Contains("standard input:1:", _console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_fields_can_be_ignored_and_unknown_flags_cannot()
    {
        string path = _folder.Write("a.yml", "groups: []\nother: 1\n");

        Assert.Equal(ExitCode.Failure, await CheckAsync(path));
        Assert.Equal(ExitCode.Success, await CheckAsync("--ignore-unknown-fields", path));
        Assert.Equal(ExitCode.Usage, await CheckAsync("--strict", path));
        Assert.Equal(ExitCode.Failure, await CheckAsync(_folder.File("missing.yml")));
        Assert.Contains("missing.yml", _console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_lint_option_is_warned_of()
    {
        Assert.Equal(ExitCode.Success, await CheckAsync("--lint=foo", _folder.Write("a.yml", Twice)));
        Assert.StartsWith("WARNING: unknown lint option: \"foo\"\n", _console.Out, StringComparison.Ordinal);
    }

    private Task<int> CheckAsync(params string[] args) => _console.PipeAsync(new CheckCommand(), "", ["rules", .. args]);
}

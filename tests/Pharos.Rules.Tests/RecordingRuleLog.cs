namespace Pharos.Rules.Tests;

/// <summary>Remembers the lines of the log.</summary>
internal sealed class RecordingRuleLog : IRuleLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public void RuleFailed(string file, string group, string rule, string error) => Add($"{group}/{rule}: {error}");

    public void SamplesRefused(string file, string group, string rule, string problem, int count) => Add($"{group}/{rule}: {problem} ({count})");

    public void TemplateFailed(string file, string group, string rule, string error, int count) => Add($"{group}/{rule}: {error} ({count})");

    public void GroupFailed(string file, string group, string problem, string error) => Add($"{group}: {problem}: {error}");

    private void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }
}

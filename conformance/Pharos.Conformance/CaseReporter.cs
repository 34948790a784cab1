namespace Pharos.Conformance;

/// <summary>Collects the outcome of each case and prints the failing ones as they come.</summary>
public sealed class CaseReporter(TextWriter output)
{
    private readonly List<CaseResult> _results = [];
    private string _file = "";

    /// <summary>Every result so far, in order.</summary>
    public IReadOnlyList<CaseResult> Results => _results;

    /// <summary>How many cases passed.</summary>
    public int Passed => _results.Count(static r => r.Outcome == CaseOutcome.Passed);

    /// <summary>How many cases failed.</summary>
    public int Failed => _results.Count(static r => r.Outcome == CaseOutcome.Failed);

    /// <summary>How many cases were skipped, each with a reason.</summary>
    public int Skipped => _results.Count(static r => r.Outcome == CaseOutcome.Skipped);

    /// <summary>Names the file that the next cases come from.</summary>
    public void BeginFile(string file) => _file = file;

    /// <summary>Tells the reader something that decides nothing.</summary>
    public void Note(string text) => output.WriteLine(text);

    /// <summary>The case behaved as upstream.</summary>
    public void Pass(string name) => _results.Add(new CaseResult(_file, name, CaseOutcome.Passed, null));

    /// <summary>The case behaved otherwise; says what was expected and what came.</summary>
    public void Fail(string name, string message) => Add(new CaseResult(_file, name, CaseOutcome.Failed, message));

    /// <summary>The case was not run; says why.</summary>
    public void Skip(string name, string reason) => Add(new CaseResult(_file, name, CaseOutcome.Skipped, reason));

    /// <summary>Passes or fails by comparison of texts.</summary>
    public void Check(string name, string expected, string actual)
    {
        if (string.Equals(expected, actual, StringComparison.Ordinal))
        {
            Pass(name);
        }
        else
        {
            Fail(name, $"expected {expected} but got {actual}");
        }
    }

    private void Add(CaseResult result)
    {
        _results.Add(result);
        output.WriteLine($"{(result.Outcome == CaseOutcome.Failed ? "FAIL" : "SKIP")} {result.File}: {result.Name}: {result.Message}");
    }
}

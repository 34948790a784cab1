using Pharos.Testing;

namespace Pharos.Conformance.Tests;

/// <summary>
/// Runs peers' own cases where they are at hand. <c>known-failures.tsv</c> lists, with a reason each, the cases that fail today:
/// a failure that is not listed fails the test, and so does a listed one that passes, so that the list can only be true.
/// </summary>
public class ConformanceTests
{
    private static readonly Lazy<IReadOnlyList<KnownFailure>> Known = new(static () => KnownFailure.Read(
        Path.Combine(Repository.Root, "conformance", "Pharos.Conformance.Tests", "known-failures.tsv")));

    public static TheoryData<string> Areas => new(SuiteCatalog.All.Select(static s => s.Area).Distinct(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_case_of_the_area_behaves_as_upstream_but_the_known_failures(string area)
    {
        string folder = Path.Combine(SharedConformance(), area);
        var output = new StringWriter();
        var report = new CaseReporter(output);
        SuiteCatalog.Run(area, folder, [], report);

        Assert.NotEmpty(report.Results);
        var known = Known.Value.Where(k => string.Equals(k.Area, area, StringComparison.Ordinal)).Select(static k => (k.File, k.Name)).ToHashSet();
        IEnumerable<CaseResult> failed = report.Results.Where(static r => r.Outcome == CaseOutcome.Failed).ToList();
        IEnumerable<string> unexpected = failed.Where(r => !known.Contains((r.File, r.Name))).Select(static r => $"{r.File}: {r.Name}: {r.Message}");
        Assert.Empty(unexpected);
        Assert.Empty(known.Except(failed.Select(static r => (r.File, r.Name))));
    }

    [Fact]
    public void Every_known_failure_has_a_reason() => Assert.DoesNotContain(Known.Value, static k => k.Reason.Length < 10);

    private static string SharedConformance()
    {
        string? shared = Repository.Shared;
        if (shared is null)
        {
            Assert.False(Repository.IsContinuousIntegration, "the folder ../shared with the conformance data is absent");
            Assert.Skip("the folder ../shared with the conformance data is absent");
        }

        return Path.Combine(shared, "conformance");
    }
}

using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>Collects problems, each once, up to a bound.</summary>
internal sealed class ProblemList
{
    private readonly HashSet<DashboardProblem> _seen = [];
    private readonly List<DashboardProblem> _problems = [];

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<DashboardProblem> Problems => _problems;

    /// <summary>Adds one that is not there yet; past the bound it says once that there are more.</summary>
    public void Add(DashboardProblem problem)
    {
        if (_problems.Count > DashboardLimits.MaxProblems || !_seen.Add(problem))
        {
            return;
        }

        _problems.Add(_problems.Count < DashboardLimits.MaxProblems
            ? problem
            : new DashboardProblem("problems", $"there are more than {DashboardLimits.MaxProblems} problems: the rest is not listed"));
    }

    /// <summary>Adds one of the dashboard itself.</summary>
    public void Add(string feature, string message) => Add(new DashboardProblem(feature, message));
}

using System.Globalization;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Sources;

namespace Pharos.PromQL.Tests.Explaining;

/// <summary>A store, and explanations over it as text. Times are in seconds.</summary>
internal sealed class ExplainScene : IDisposable
{
    private readonly EngineScene _scene;

    public ExplainScene(EngineOptions? options = null)
    {
        _scene = new EngineScene(options);
    }

    public InMemorySeriesSource Store => _scene.Store;

    public PromQLEngine Engine => _scene.Engine;

    /// <summary>Stores series in the notation of test scripts, a sample every 15 seconds.</summary>
    public ExplainScene Load(params string[] series)
    {
        _scene.Load(15, series);
        return this;
    }

    public Task<QueryExplanation> InstantAsync(string query, double at) =>
        Engine.ExplainInstantAsync(Store, query, (long)(at * 1000), TestContext.Current.CancellationToken);

    public Task<QueryExplanation> RangeAsync(string query, double from, double to, double step) =>
        Engine.ExplainRangeAsync(Store, query, (long)(from * 1000), (long)(to * 1000), (long)(step * 1000), TestContext.Current.CancellationToken);

    /// <summary>Why the answer at a time is empty: the title of the node and the note.</summary>
    public async Task<(string Node, ExplanationNote Note)> WhyEmptyAsync(string query, double at)
    {
        QueryExplanation explanation = await InstantAsync(query, at);
        Assert.Null(explanation.Error);
        Assert.Empty(explanation.Result!.Rows);
        Assert.NotNull(explanation.EmptyBecause);
        Assert.True(explanation.EmptyBecause.Value.Note.IsCause);
        return (explanation.EmptyBecause.Value.Node.Title, explanation.EmptyBecause.Value.Note);
    }

    /// <summary>
    /// A line a node, indented: title, then <c>series</c>, <c>-dropped</c> and <c>?unread</c> where there are any, <c>points</c>, <c>samples</c> of selectors; then what it is the same as.
    /// </summary>
    public static string[] Draw(QueryExplanation explanation) => [.. explanation.Nodes.Select(Draw)];

    public void Dispose() => _scene.Dispose();

    private static string Draw(ExplainedNode node)
    {
        string series = node.Series is { } known ? string.Create(CultureInfo.InvariantCulture, $" {known}s") : "";
        string dropped = node.Dropped > 0 ? string.Create(CultureInfo.InvariantCulture, $" -{node.Dropped}") : "";
        string unread = node.Unread > 0 ? string.Create(CultureInfo.InvariantCulture, $" ?{node.Unread}") : "";
        string points = node.Points is { } count ? string.Create(CultureInfo.InvariantCulture, $" {count}p") : "";
        string samples = node.Samples is { } read ? string.Create(CultureInfo.InvariantCulture, $" {read} read") : "";
        string same = node.SameAs is { } id ? string.Create(CultureInfo.InvariantCulture, $" = {id}") : "";
        return $"{new string(' ', node.Depth)}{node.Title}:{series}{dropped}{unread}{points}{samples}{same}{(node.IsEvaluatedOnce ? " once" : "")}{(node.HasFailed ? " failed" : "")}";
    }
}

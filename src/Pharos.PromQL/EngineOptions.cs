using Pharos.PromQL.Syntax;

namespace Pharos.PromQL;

/// <summary>How queries are evaluated and how much they may take. Fixed at start.</summary>
public sealed record EngineOptions
{
    /// <summary>How long a sample stands in for the present: <c>--query.lookback-delta</c>.</summary>
    public TimeSpan LookbackDelta { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Points that a query may hold in memory at one time: <c>--query.max-samples</c>. 0 or less: no limit.</summary>
    public long MaxSamples { get; init; } = 50_000_000;

    /// <summary>How long a query may take, waiting included: <c>--query.timeout</c>. Zero: no limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Queries of each origin that run at one time; others wait: <c>--query.max-concurrency</c>. Queries of people that turn out to be long move aside, and there may be as
    /// many of those again.
    /// </summary>
    public int MaxConcurrency { get; init; } = 20;

    /// <summary>Who asks.</summary>
    public QueryOrigin Origin { get; init; }

    /// <summary>Threads that one query may use, and that all long queries together may use. Results do not depend on it.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>The step of a subquery that names none: the global evaluation interval.</summary>
    public TimeSpan DefaultSubqueryStep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>@</c> is allowed.</summary>
    public bool EnableAtModifier { get; init; } = true;

    /// <summary>A negative <c>offset</c> is allowed.</summary>
    public bool EnableNegativeOffset { get; init; } = true;

    /// <summary><c>--enable-feature=promql-delayed-name-removal</c>: metric names are dropped at the end of the evaluation and not at each function.</summary>
    public bool DelayedNameRemoval { get; init; }

    /// <summary><c>--enable-feature=type-and-unit-labels</c>: <c>rate</c> looks at <c>__type__</c> instead of the ending of the name.</summary>
    public bool TypeAndUnitLabels { get; init; }

    /// <summary><c>--enable-feature=use-start-timestamps</c>: <c>rate</c>, <c>increase</c>, <c>irate</c> and <c>resets</c> know from start timestamps when a counter began.</summary>
    public bool UseStartTimestamps { get; init; }

    /// <summary>
    /// <see cref="QueryStatistics.Queryable"/> is counted, which reads everything a second time: for those who ask for statistics.
    /// </summary>
    public bool CountsSamples { get; init; }

    /// <summary>Takes every query that ended, on the thread that evaluated it; must not throw. Null when nobody wants them.</summary>
    public Action<QueryLogEntry>? Log { get; init; }

    /// <summary>Who asks, for <see cref="Log"/>.</summary>
    public QueryAsker? Asker { get; init; }

    /// <summary>The language that queries may use.</summary>
    public ParserOptions Parser { get; init; } = ParserOptions.Default;

    /// <summary>Measures the timeout.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

namespace Pharos.PromQL;

/// <summary>Why a query was not answered; upstream's error types of the HTTP API.</summary>
public enum QueryErrorKind
{
    /// <summary>The query does not parse or asks for what is switched off: <c>bad_data</c>.</summary>
    BadData,

    /// <summary>The evaluation failed: <c>execution</c>.</summary>
    Execution,

    /// <summary>The query takes more than <see cref="EngineOptions.MaxSamples"/>: <c>execution</c> for upstream.</summary>
    TooManySamples,

    /// <summary>The query took longer than <see cref="EngineOptions.Timeout"/>: <c>timeout</c>.</summary>
    Timeout,

    /// <summary>The caller gave up: <c>canceled</c>.</summary>
    Canceled,
}

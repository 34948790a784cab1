
namespace Pharos.Server.Logging;

/// <summary>One thing to say, before it is written in a form.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Level">How severe it is.</param>
/// <param name="Source">Which type said it, and which of its messages it is.</param>
/// <param name="Component">The room it came from; empty for the server itself.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Attributes">Names and values; last the template of the sentence under the name <c>{OriginalFormat}</c>, when there is one.</param>
/// <param name="Exception">What went wrong, if anything.</param>
internal readonly record struct LogLine(
    DateTimeOffset Time,
    LogLevel Level,
    string Source,
    string Component,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Attributes,
    Exception? Exception)
{
    /// <summary>The level as upstream spells it.</summary>
    public string LevelName => Level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        _ => "ERROR",
    };
}

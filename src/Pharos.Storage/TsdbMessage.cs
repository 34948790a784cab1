namespace Pharos.Storage;

/// <summary>How much a message matters.</summary>
public enum TsdbSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Something was lost, left out or repaired.</summary>
    Warning,

    /// <summary>Something that should work does not.</summary>
    Error,
}

/// <summary>What the store tells its operator.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">One line, with file names and numbers where they help.</param>
public readonly record struct TsdbMessage(TsdbSeverity Severity, string Text);

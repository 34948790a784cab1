namespace Pharos.Dashboards.Variables;

/// <summary>A variable gets no options. The message is one sentence for people.</summary>
public sealed class VariableException : Exception
{
    /// <summary>Takes the whole message.</summary>
    public VariableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

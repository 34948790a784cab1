namespace Pharos.Dashboards;

/// <summary>A dashboard that cannot be used at all. The message is one sentence for people.</summary>
public sealed class DashboardException : Exception
{
    /// <param name="message">What is wrong and what is expected.</param>
    /// <param name="line">From 1; 0 when no place can be named.</param>
    /// <param name="column">In bytes from 1; 0 when no place can be named.</param>
    /// <param name="inner">What it comes from.</param>
    public DashboardException(string message, int line = 0, int column = 0, Exception? inner = null)
        : base(message, inner)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>The column in bytes, from 1; 0 when unknown.</summary>
    public int Column { get; }
}

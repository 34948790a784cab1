using Pharos.Core.Contracts;

namespace Pharos.Rules.Tests;

/// <summary>Remembers the alerts that it was handed.</summary>
internal sealed class RecordingSink : IAlertSink
{
    private readonly Lock _lock = new();
    private readonly List<Alert> _alerts = [];

    public IReadOnlyList<Alert> Alerts
    {
        get
        {
            lock (_lock)
            {
                return [.. _alerts];
            }
        }
    }

    public void Send(IReadOnlyList<Alert> alerts)
    {
        Assert.NotEmpty(alerts);
        lock (_lock)
        {
            _alerts.AddRange(alerts);
        }
    }

    /// <summary>What came since the last call.</summary>
    public IReadOnlyList<Alert> Take()
    {
        lock (_lock)
        {
            Alert[] taken = [.. _alerts];
            _alerts.Clear();
            return taken;
        }
    }
}

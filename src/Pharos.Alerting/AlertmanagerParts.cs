using System.Security.Cryptography;
using Pharos.Core.Contracts;

namespace Pharos.Alerting;

/// <summary>What all parts of the Alertmanager share.</summary>
/// <param name="Clock">Paces all of it.</param>
/// <param name="Log">Takes what an operator should know.</param>
/// <param name="Journal">Hears what was sent, and what people did.</param>
public sealed record AlertmanagerParts(TimeProvider Clock, IAlertingLog Log, IJournal Journal)
{
    private const int JitterSteps = 1 << 20;

    public AlertmanagerCounters Counters { get; } = new();

    /// <summary>A number from 0 to below 1, another one at each call, for pauses that must not all end together.</summary>
    public Func<double> Jitter { get; init; } = static () => RandomNumberGenerator.GetInt32(JitterSteps) / (double)JitterSteps;
}

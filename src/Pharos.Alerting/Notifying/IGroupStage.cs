using Pharos.Alerting.Alerts;

namespace Pharos.Alerting.Notifying;

/// <summary>A step of a flush before it is known whom it tells. Callable from any thread.</summary>
internal interface IGroupStage
{
    /// <summary>The alerts that go on; none: nobody is told anything.</summary>
    IReadOnlyList<StoredAlert> Filter(NotifyRun run, IReadOnlyList<StoredAlert> alerts);
}

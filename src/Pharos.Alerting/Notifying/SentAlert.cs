using Pharos.Core.Labels;

namespace Pharos.Alerting.Notifying;

/// <summary>One alert of a message that was sent.</summary>
public sealed record SentAlert(ulong Fingerprint, Labels Labels, bool IsResolved);

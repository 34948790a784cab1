using Pharos.Core.Labels;

namespace Pharos.Remote.Receiving;

/// <summary>Where a series of the request is in the message, and where its samples begin in the batch.</summary>
/// <param name="Offset">Of the <c>TimeSeries</c> message, in bytes.</param>
/// <param name="Length">Of it, in bytes.</param>
/// <param name="FirstSample">The index of its first sample in the batch.</param>
internal readonly record struct SeriesSlot(int Offset, int Length, int FirstSample);

/// <summary>A series that the store did not know when the message was read.</summary>
internal readonly record struct PendingSeries(SeriesSlot Slot, Labels Labels);

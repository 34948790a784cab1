using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving;

/// <summary>What appending a batch asks of the message that it was read from.</summary>
internal interface IWriteMessage
{
    /// <summary>The labels of a series of the message.</summary>
    Labels LabelsOf(SeriesSlot slot);

    /// <summary>Makes a series that the store dropped anew; none where there is no room for it, which is said among the errors.</summary>
    SeriesRef Remake(SeriesSlot slot);
}

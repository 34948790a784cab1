using Pharos.Storage.Head;

namespace Pharos.Storage.Tests.Head;

public class EpochRegistryTests
{
    [Fact]
    public void The_oldest_open_reader_holds_back_what_was_given_up_since()
    {
        var epochs = new EpochRegistry();
        Assert.Equal(long.MaxValue, epochs.Oldest());
        long first = epochs.Enter();
        long same = epochs.Enter();
        long givenUp = epochs.Current;
        epochs.Advance();
        long later = epochs.Enter();
        Assert.Equal(3, epochs.Readers);
        Assert.True(epochs.Oldest() <= givenUp);
        epochs.Leave(first);
        Assert.True(epochs.Oldest() <= givenUp);
        epochs.Leave(same);
        Assert.True(epochs.Oldest() > givenUp);
        epochs.Leave(later);
        Assert.Equal((0, long.MaxValue), (epochs.Readers, epochs.Oldest()));
    }
}

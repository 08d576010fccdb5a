namespace Pictor.Models.Networks;

/// <summary>Multinomial logistic regression on the pixels: the floor that every other network must beat. Its embedding is the normalised pixels.</summary>
internal static class Softmax
{
    public static Network Build(NetworkOrder order) => Network.On(order.Name, order.Input)
        .Flatten().Embed().Linear(order.Classes)
        .Build();
}

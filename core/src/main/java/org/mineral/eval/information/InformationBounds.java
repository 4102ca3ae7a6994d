package org.mineral.eval.information;

/**
 * Lower bounds of the mutual information, in nats, from one critic; {@link Information} has the formulas.
 *
 * @param scale b, the factor of the score within T
 * @param nwj Nguyen, Wainwright, Jordan 2010; at most {@code donskerVaradhan}
 * @param donskerVaradhan Donsker, Varadhan 1983, the bound of MINE; at most {@code barberAgakov}
 * @param infoNce van den Oord, Li, Vinyals 2018, with M candidates; at most log M
 * @param barberAgakov Barber, Agakov 2003 in the unnormalised form of Poole et al. 2019
 */
public record InformationBounds(
        Critic critic, double scale, double nwj, double donskerVaradhan, double infoNce, double barberAgakov) {}
